import type { TrainingRecipe } from "../../core/design/training.ts";
import type { LayerType } from "../../core/layers/layers.ts";
import { formatShape } from "../../core/layers/shape.ts";
import type { Network, NetworkLayer } from "../../core/network/network.ts";
import { GraphBuilder } from "./builder.ts";
import { checkNetwork } from "./checkNetwork.ts";
import { addLoss } from "./losses.ts";
import { addAccuracy } from "./metrics.ts";
import { NotTrainableError } from "./notTrainableError.ts";
import type { Tensor } from "./operation.ts";
import { type WeightGradient, addOptimizer } from "./optimizers.ts";
import { addPenalty, penaltyGradient } from "./regularization.ts";
import type { LayerRule, RuleContext } from "./rule.ts";
import { rules } from "./rules/rules.ts";
import { Tape } from "./tape.ts";
import {
  type Signature,
  type TrainingGraph,
  type Variable,
  type WeightVariable,
  numbered,
} from "./trainingGraph.ts";

/** The parts of a recipe that the graph depends on; the batch size does not matter to it. */
export type CompiledRecipe = Pick<TrainingRecipe, "optimizer" | "loss" | "labelSmoothing" | "seed">;

/**
 * Turns a network into one graph: forward pass, backward pass, update of the weights, loss and accuracy.
 * Throws `NotTrainableError` or `LossMismatchError`, both with words for a person.
 */
export function compile(network: Network, recipe: CompiledRecipe): TrainingGraph {
  return new Compiler(network, recipe).compile();
}

class Compiler {
  readonly #network: Network;
  readonly #recipe: CompiledRecipe;
  readonly #graph = new GraphBuilder();
  readonly #weights: readonly WeightVariable[];
  readonly #reads = new Map<string, Tensor>();
  readonly #averageUpdates: string[] = [];

  constructor(network: Network, recipe: CompiledRecipe) {
    this.#network = network;
    this.#recipe = recipe;
    this.#weights = network.layers.flatMap((layer) =>
      (layer.inference?.weights ?? []).map((weight) => ({
        name: `${layer.id}/${weight.name}`,
        shape: weight.shape,
        weight,
      })),
    );
  }

  compile(): TrainingGraph {
    const graph = this.#graph;
    const { inputShape, classes, outputId } = checkNetwork(this.#network);
    for (const weight of this.#weights) {
      this.#reads.set(weight.name, this.#read(weight));
    }
    const x = graph.placeholder([-1, ...inputShape]);
    const y = graph.placeholder([-1, classes]);
    const learningRate = graph.placeholder([]);
    const step = graph.placeholder([], "int32");

    const tape = new Tape(graph);
    const trainable = this.#weights.filter(({ weight }) => weight.trainable);
    for (const weight of trainable) {
      tape.watch(this.#readOf(weight));
    }
    const output = this.#forward("training", tape, x, step, outputId);
    const loss = addLoss(graph, this.#recipe, output, y);
    const penalty = addPenalty(graph, this.#weights, (weight) => this.#readOf(weight));
    const penalized = (value: Tensor) =>
      penalty === undefined ? value : graph.binary("AddV2", value, penalty);
    const lossValue = penalized(loss.value);
    const accuracy = addAccuracy(graph, loss.from, y);
    const gradientOf = tape.reverse(loss.from, loss.gradient);
    const gradients = trainable.flatMap((weight): readonly WeightGradient[] => {
      const value = this.#readOf(weight);
      const gradient = this.#withPenalty(weight, gradientOf(value));
      return gradient === undefined ? [] : [{ weight, value, gradient }];
    });
    const inputs = { learningRate, step };
    const { slots, updates } = addOptimizer(graph, this.#recipe.optimizer, gradients, inputs);

    const scores = this.#forward("inference", new Tape(graph), x, step, outputId);
    const validation = addLoss(graph, this.#recipe, scores, y);
    const evaluated = {
      // Keras counts the penalty in evaluation too.
      loss: penalized(validation.value),
      accuracy: addAccuracy(graph, validation.from, y),
    };
    const signatures: TrainingGraph["signatures"] = {
      train_step: {
        inputs: { x, y, learningRate, step },
        outputs: { loss: lossValue, accuracy },
        updates: [...updates, ...this.#averageUpdates],
      },
      evaluate: { inputs: { x, y }, outputs: evaluated, updates: [] },
      predict: { inputs: { x }, outputs: { scores }, updates: [] },
      gradients: {
        inputs: { x, y, step },
        outputs: { loss: lossValue, ...this.#byNumber(gradients) },
        updates: [],
      },
      ...this.#accessors("weights", this.#weights),
      ...this.#accessors("slots", slots),
    };
    const { operations } = graph;
    return { operations, weights: this.#weights, slots, signatures, inputShape, classes };
  }

  #read(variable: Variable): Tensor {
    return this.#graph.within(variable.name, () =>
      this.#graph.add("ReadVariableOp", [], { variables: [variable.name] }, variable),
    );
  }

  #readOf({ name }: Variable): Tensor {
    return this.#reads.get(name) as Tensor;
  }

  /** The gradient of the loss with that of the weight's own penalty. */
  #withPenalty(variable: WeightVariable, gradient: Tensor | undefined): Tensor | undefined {
    const { regularizer } = variable.weight;
    if (regularizer === undefined) return gradient;
    const graph = this.#graph;
    return graph.within(`${variable.name}/penalty`, () => {
      const own = penaltyGradient(graph, this.#readOf(variable), regularizer);
      return gradient === undefined ? own : graph.sum([gradient, own]);
    });
  }

  #byNumber(gradients: readonly WeightGradient[]): Record<string, Tensor> {
    const numbers = new Map(this.#weights.map(({ name }, index) => [name, numbered(index)]));
    return Object.fromEntries(
      gradients.map(({ weight, gradient }) => [numbers.get(weight.name), gradient]),
    ) as Record<string, Tensor>;
  }

  /** Adds the network once; returns what its output layer gives. */
  #forward(
    mode: RuleContext["mode"],
    tape: Tape,
    x: Tensor,
    step: Tensor,
    outputId: string,
  ): Tensor {
    const outputs = new Map<string, Tensor>();
    for (const [index, layer] of this.#network.layers.entries()) {
      const inputs =
        layer.type === "input" ? [x] : layer.inputs.map((id) => outputs.get(id) as Tensor);
      const context: RuleContext = {
        tape,
        mode,
        step,
        seed: (Math.imul(this.#recipe.seed, 1_000_003) + index) & 0x7fffffff,
        weight: (name) => this.#reads.get(`${layer.id}/${name}`) as Tensor,
        average: (name, value, momentum) =>
          this.#averageUpdates.push(this.#addAverage(`${layer.id}/${name}`, value, momentum)),
      };
      const output = this.#graph.within(`${mode}/${layer.id}`, () => apply(context, layer, inputs));
      checkShape(layer, output);
      outputs.set(layer.id, output);
    }
    return outputs.get(outputId) as Tensor;
  }

  #addAverage(name: string, value: Tensor, momentum: number): string {
    const graph = this.#graph;
    const difference = graph.binary("Sub", this.#reads.get(name) as Tensor, value);
    return graph.update("AssignSubVariableOp", [graph.scale(difference, 1 - momentum)], {
      variables: [name],
    });
  }

  /** `set_` and `get_` signatures of a list of variables; none for an empty list. */
  #accessors(
    what: "weights" | "slots",
    variables: readonly Variable[],
  ): TrainingGraph["signatures"] {
    if (variables.length === 0) {
      return {};
    }
    const graph = this.#graph;
    const inputs: Record<string, Tensor> = {};
    const outputs: Record<string, Tensor> = {};
    const updates: string[] = [];
    for (const [index, variable] of variables.entries()) {
      const value = graph.placeholder(variable.shape);
      inputs[numbered(index)] = value;
      outputs[numbered(index)] = this.#reads.get(variable.name) ?? this.#read(variable);
      updates.push(graph.update("AssignVariableOp", [value], { variables: [variable.name] }));
    }
    const set: Signature = { inputs, outputs: { done: graph.scalar(1) }, updates };
    const get: Signature = { inputs: {}, outputs, updates: [] };
    return what === "weights"
      ? { set_weights: set, get_weights: get }
      : { set_slots: set, get_slots: get };
  }
}

/** Calls the rule of a layer's type. */
function apply(context: RuleContext, layer: NetworkLayer, inputs: readonly Tensor[]): Tensor {
  const rule = rules[layer.type];
  if ("untrainable" in rule) {
    throw new NotTrainableError(
      "unsupportedLayer",
      `${layer.id} cannot be trained yet: ${rule.untrainable}.`,
    );
  }
  // The table pairs every type with its rule; TypeScript cannot follow that through the union.
  return (rule as LayerRule<LayerType>)(context, layer, inputs);
}

/** The graph must make of every layer what the core inferred, or a count and a training would differ. */
function checkShape(layer: NetworkLayer, output: Tensor): void {
  const expected = layer.inference?.outputShape ?? [];
  const actual = output.shape.slice(1);
  if (
    expected.length !== actual.length ||
    expected.some((extent, axis) => extent !== actual[axis])
  ) {
    throw new Error(
      `${layer.id}: the training graph gives ${formatShape(actual)}, the network ${formatShape(expected)}`,
    );
  }
}
