import { t } from "../../core/text/t.ts";
import type { TrainingRecipe } from "../../core/design/training.ts";
import type { LayerType } from "../../core/layers/layers.ts";
import { formatShape } from "../../core/layers/shape.ts";
import type { Network, NetworkLayer } from "../../core/network/network.ts";
import { GraphBuilder, first } from "./builder.ts";
import { squaredNorm } from "./clipping.ts";
import { type Ends, checkNetwork } from "./checkNetwork.ts";
import { type LossResult, addLoss } from "./losses.ts";
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
export type CompiledRecipe = Pick<
  TrainingRecipe,
  "optimizer" | "loss" | "labelSmoothing" | "auxiliaryWeight" | "seed"
> &
  Partial<Pick<TrainingRecipe, "classWeights" | "precision">>;

/**
 * Turns a network into one graph: forward pass, backward pass, update of the weights, loss and accuracy.
 * Throws `NotTrainableError` or `LossMismatchError`, both with words for a person.
 */
export function compile(
  network: Network,
  recipe: CompiledRecipe,
  options: CompileOptions = {},
): TrainingGraph {
  return new Compiler(network, recipe, options).compile();
}

export interface CompileOptions {
  /** Adds the signature `diagnose`. */
  readonly diagnosis?: boolean;
}

/** What comes from outside. */
interface Feed {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly learningRate: Tensor;
  readonly step: Tensor;
}

/** A weight that follows a mean, to be moved at the end of a step. */
interface Average {
  readonly name: string;
  readonly value: Tensor;
  readonly momentum: number;
}

class Compiler {
  readonly #network: Network;
  readonly #recipe: CompiledRecipe;
  readonly #graph = new GraphBuilder();
  readonly #weights: readonly WeightVariable[];
  readonly #reads = new Map<string, Tensor>();
  readonly #averages: Average[] = [];
  readonly #options: CompileOptions;

  constructor(network: Network, recipe: CompiledRecipe, options: CompileOptions) {
    this.#network = network;
    this.#recipe = recipe;
    this.#options = options;
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
    const ends = checkNetwork(this.#network);
    const { inputShape, classes, outputId, auxiliaryIds } = ends;
    for (const weight of this.#weights) {
      this.#reads.set(weight.name, this.#read(weight));
    }
    const feed: Feed = {
      x: graph.placeholder([-1, ...inputShape]),
      y: graph.placeholder([-1, classes]),
      learningRate: graph.placeholder([]),
      step: graph.placeholder([], "int32"),
    };
    const training = this.#training(ends, feed);
    const { gradients, slots, layers } = training;
    const signatures: TrainingGraph["signatures"] = {
      ...training.signatures,
      ...this.#inference(outputId, feed, training.penalized),
      ...this.#accessors("weights", this.#weights),
      ...this.#accessors("slots", slots),
    };
    return {
      operations: graph.operations,
      weights: this.#weights,
      slots,
      signatures,
      inputShape,
      classes,
      outputs: [outputId, ...auxiliaryIds].map((id) => this.#network.byId.get(id)?.node ?? id),
      measured: gradients.map(({ weight }) => weight.name),
      layers: [...layers.keys()],
    };
  }

  /** Forward pass, losses, backward pass and the update of everything. */
  #training({ outputId, auxiliaryIds }: Ends, feed: Feed) {
    const graph = this.#graph;
    const { x, y, learningRate, step } = feed;
    const tape = this.#newTape();
    const trainable = this.#weights.filter(({ weight }) => weight.trainable);
    for (const weight of trainable) {
      tape.watch(this.#readOf(weight));
    }
    const outputIds = [outputId, ...auxiliaryIds];
    const layers = this.#forward("training", tape, feed, outputIds);
    const losses = outputIds.map((id) => addLoss(graph, this.#recipe, layers.get(id) as Tensor, y));
    const parts = losses.map((one, index) => (index === 0 ? one : this.#weighted(one)));
    const penalty = addPenalty(graph, this.#weights, (weight) => this.#readOf(weight));
    const penalized = (value: Tensor): Tensor =>
      penalty === undefined ? value : graph.binary("AddV2", value, penalty);
    const loss = penalized(graph.sum(parts.map(({ value }) => value)));
    const accuracy = addAccuracy(graph, first(losses).from, y);
    const gradientOf = tape.reverse(parts);
    const gradients = trainable.flatMap((weight): readonly WeightGradient[] => {
      const value = this.#readOf(weight);
      const gradient = this.#withPenalty(weight, gradientOf(value));
      return gradient === undefined ? [] : [{ weight, value, gradient }];
    });
    const check = graph.add("CheckNumerics", [loss], {}, { shape: [] });
    const after = [check.operation];
    const { slots, updates } = addOptimizer(graph, this.#recipe.optimizer, gradients, {
      learningRate,
      step,
      after,
    });
    const trainStep: Signature = {
      inputs: { x, y, learningRate, step },
      outputs: {
        loss: check,
        accuracy,
        ...(losses.length > 1 && {
          outputLosses: this.#asVector(losses.map(({ value }) => value)),
        }),
      },
      updates: [...updates, ...this.#moveAverages(after)],
    };
    const signatures = {
      train_step: trainStep,
      train_step_measured: {
        ...trainStep,
        outputs: { ...trainStep.outputs, statistics: this.#statistics(gradients, updates) },
      },
      ...(this.#options.diagnosis === true && {
        diagnose: { inputs: { x, step }, outputs: { finite: this.#finite(layers) }, updates: [] },
      }),
      gradients: {
        inputs: { x, y, step },
        outputs: { loss, ...this.#byNumber(gradients) },
        updates: [],
      },
    } satisfies TrainingGraph["signatures"];
    return { gradients, slots, layers, penalized, signatures };
  }

  /** Evaluation and prediction, of the main output alone. */
  #inference(outputId: string, feed: Feed, penalized: (loss: Tensor) => Tensor) {
    const graph = this.#graph;
    const { x, y } = feed;
    const layers = this.#forward("inference", this.#newTape(), feed, [outputId]);
    const scores = layers.get(outputId) as Tensor;
    const loss = addLoss(graph, this.#recipe, scores, y);
    const outputs = {
      // Keras counts the penalty in evaluation too.
      loss: penalized(loss.value),
      accuracy: addAccuracy(graph, loss.from, y),
    };
    return {
      evaluate: { inputs: { x, y }, outputs, updates: [] },
      predict: { inputs: { x }, outputs: { scores }, updates: [] },
    } satisfies TrainingGraph["signatures"];
  }

  #newTape(): Tape {
    return new Tape(
      this.#graph,
      this.#recipe.precision === "mixedBfloat16" ? "bfloat16" : "float32",
    );
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

  /** The loss of an auxiliary output as it counts in the whole. */
  #weighted(loss: LossResult): LossResult {
    const weight = this.#recipe.auxiliaryWeight;
    return {
      ...loss,
      value: this.#graph.scale(loss.value, weight),
      gradient: this.#graph.scale(loss.gradient, weight),
    };
  }

  /** Scalars behind each other. */
  #asVector(scalars: readonly Tensor[]): Tensor {
    const graph = this.#graph;
    const parts = scalars.map((scalar) => graph.reshape(scalar, [1]));
    return graph.add("ConcatV2", parts, { axis: 0 }, { shape: [parts.length] });
  }

  /** Adds the network once, as far as the outputs need it; returns what each layer gives, by its id. */
  #forward(
    mode: RuleContext["mode"],
    tape: Tape,
    { x, step }: Pick<Feed, "x" | "step">,
    outputIds: readonly string[],
  ): ReadonlyMap<string, Tensor> {
    const outputs = new Map<string, Tensor>();
    const needed = this.#neededFor(outputIds);
    for (const [index, layer] of this.#network.layers.entries()) {
      if (!needed.has(layer.id)) continue;
      const inputs =
        layer.type === "input" ? [x] : layer.inputs.map((id) => outputs.get(id) as Tensor);
      const context: RuleContext = {
        tape,
        mode,
        step,
        seed: (Math.imul(this.#recipe.seed, 1_000_003) + index) & 0x7fffffff,
        weight: (name) => this.#reads.get(`${layer.id}/${name}`) as Tensor,
        average: (name, value, momentum) =>
          this.#averages.push({ name: `${layer.id}/${name}`, value, momentum }),
      };
      const output = this.#graph.within(`${mode}/${layer.id}`, () => apply(context, layer, inputs));
      checkShape(layer, output);
      outputs.set(layer.id, output);
    }
    return outputs;
  }

  #neededFor(outputIds: readonly string[]): ReadonlySet<string> {
    const needed = new Set(outputIds);
    for (const { id, inputs } of this.#network.layers.toReversed()) {
      if (needed.has(id)) {
        for (const input of inputs) needed.add(input);
      }
    }
    return needed;
  }

  #moveAverages(after: readonly string[]): readonly string[] {
    const graph = this.#graph;
    return this.#averages.map(({ name, value, momentum }) => {
      const difference = graph.binary("Sub", this.#reads.get(name) as Tensor, value);
      const change = graph.scale(difference, 1 - momentum);
      return graph.update("AssignSubVariableOp", [change], { variables: [name] }, after);
    });
  }

  /** Norms of gradient, weight and change for each trained weight, behind each other. */
  #statistics(gradients: readonly WeightGradient[], updates: readonly string[]): Tensor {
    const graph = this.#graph;
    return graph.within("statistics", () => {
      const squares = gradients.flatMap(({ weight, value, gradient }) => {
        const now = graph.add(
          "ReadVariableOp",
          [],
          { variables: [weight.name] },
          { shape: weight.shape },
          updates,
        );
        const change = graph.binary("Sub", now, value);
        return [gradient, value, change].map((tensor) => squaredNorm(graph, tensor));
      });
      return graph.unary("Sqrt", this.#asVector(squares));
    });
  }

  /** For each layer 0 where its output is finite, else NaN. */
  #finite(layers: ReadonlyMap<string, Tensor>): Tensor {
    const graph = this.#graph;
    return graph.within("diagnosis", () =>
      this.#asVector(
        [...layers.values()].map((output) =>
          graph.reduce("Sum", graph.scale(output, 0), [...output.shape.keys()], false),
        ),
      ),
    );
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
      t("{0} cannot be trained yet: {1}.", layer.id, t(rule.untrainable)),
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
