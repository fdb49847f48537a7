import type { OptimizerRecipe } from "../../core/design/training.ts";
import type { GraphBuilder } from "./builder.ts";
import { clipped } from "./clipping.ts";
import type { Tensor } from "./operation.ts";
import type { Slot, Variable } from "./trainingGraph.ts";

/** What an optimiser adds to the graph. */
export interface Optimization {
  readonly slots: readonly Slot[];
  /** Names of the operations that change the weights. */
  readonly updates: readonly string[];
}

/** One weight with the gradient of the loss. */
export interface WeightGradient {
  readonly weight: Variable;
  /** Its value before the step. */
  readonly value: Tensor;
  readonly gradient: Tensor;
}

/** Inputs of a step besides the images. */
export interface StepInputs {
  /** A float32 scalar. */
  readonly learningRate: Tensor;
  /** Number of the step, from 1; an int32 scalar. */
  readonly step: Tensor;
  /** Operations that every update waits for. */
  readonly after: readonly string[];
}

/** Adds the update of every weight, in Keras's order: limits of the gradients, weight decay, step. */
export function addOptimizer(
  graph: GraphBuilder,
  recipe: OptimizerRecipe,
  gradients: readonly WeightGradient[],
  inputs: StepInputs,
): Optimization {
  return graph.within("optimizer", () => {
    const step = new OptimizerStep(graph, recipe.weightDecay, inputs);
    const rule = ruleOf(step, recipe);
    for (const gradient of clipped(graph, recipe, gradients)) {
      rule(gradient);
    }
    return step;
  });
}

/** Adds the update of one weight. */
type Rule = (gradient: WeightGradient) => void;

function ruleOf(step: OptimizerStep, recipe: OptimizerRecipe): Rule {
  switch (recipe.type) {
    case "sgd":
      return recipe.momentum === 0 ? gradientDescent(step) : momentum(step, recipe);
    case "adam":
    case "adamW":
      return adam(step, recipe);
    case "rmsprop":
      return rmsProp(step, recipe);
    case "adagrad":
      return adagrad(step, recipe);
  }
}

/** The update of all weights under construction. */
class OptimizerStep implements Optimization {
  readonly graph: GraphBuilder;
  readonly slots: Slot[] = [];
  readonly updates: string[] = [];
  readonly inputs: StepInputs;
  readonly #decay: Tensor | undefined;

  constructor(graph: GraphBuilder, weightDecay: number, inputs: StepInputs) {
    this.graph = graph;
    this.inputs = inputs;
    this.#decay = weightDecay === 0 ? undefined : graph.scale(inputs.learningRate, weightDecay);
  }

  /** What the optimiser remembers about a weight. */
  slot({ weight }: WeightGradient, name: string, initial = 0): Slot {
    const slot = { name: `${weight.name}/${name}`, shape: weight.shape, initial };
    this.slots.push(slot);
    return slot;
  }

  read({ name, shape }: Variable): Tensor {
    return this.graph.add("ReadVariableOp", [], { variables: [name] }, { shape });
  }

  /** Gives a slot its value for the next step. */
  keep({ name }: Variable, value: Tensor): void {
    const { after } = this.inputs;
    this.updates.push(this.graph.update("AssignVariableOp", [value], { variables: [name] }, after));
  }

  /** `w ← w − learningRate · weightDecay · w`; returns the operations to wait for before the weight changes again. */
  decayed({ weight, value }: WeightGradient): readonly string[] {
    const { after } = this.inputs;
    if (this.#decay === undefined) return after;
    const lost = this.graph.binary("Mul", value, this.#decay);
    const variables = [weight.name];
    const update = this.graph.update("AssignSubVariableOp", [lost], { variables }, after);
    this.updates.push(update);
    return [update];
  }

  /** `w ← w − change`. */
  subtract(gradient: WeightGradient, change: Tensor): void {
    const after = this.decayed(gradient);
    const variables = [gradient.weight.name];
    this.updates.push(this.graph.update("AssignSubVariableOp", [change], { variables }, after));
  }
}

/** w ← w − learningRate · g. */
function gradientDescent(step: OptimizerStep): Rule {
  const { graph, inputs } = step;
  return (one) => {
    const after = step.decayed(one);
    step.updates.push(
      graph.update(
        "ResourceApplyGradientDescent",
        [inputs.learningRate, one.gradient],
        { variables: [one.weight.name] },
        after,
      ),
    );
  };
}

/** Keras's SGD: v ← momentum · v − learningRate · g; w ← w + v, or with Nesterov w + momentum · v − learningRate · g. */
function momentum(step: OptimizerStep, recipe: Extract<OptimizerRecipe, { type: "sgd" }>): Rule {
  const { graph, inputs } = step;
  return (one) => {
    const velocity = step.slot(one, "velocity");
    const after = step.decayed(one);
    step.updates.push(
      graph.update(
        "ResourceApplyKerasMomentum",
        [inputs.learningRate, one.gradient, graph.scalar(recipe.momentum)],
        { variables: [one.weight.name, velocity.name], useNesterov: recipe.nesterov },
        after,
      ),
    );
  };
}

/**
 * Adam (Kingma and Ba 2015) as Keras computes it, which is the form before their section 2.1's ε̂:
 * α = learningRate · √(1 − β2ᵗ) / (1 − β1ᵗ); w ← w − α · m / (√v + ε). TensorFlow.js adds ε after the bias correction.
 */
function adam(
  step: OptimizerStep,
  recipe: Extract<OptimizerRecipe, { type: "adam" | "adamW" }>,
): Rule {
  const { graph, inputs } = step;
  const [beta1, beta2, epsilon] = [recipe.beta1, recipe.beta2, recipe.epsilon].map((value) =>
    graph.scalar(value),
  ) as [Tensor, Tensor, Tensor];
  const time = graph.cast(inputs.step, "float32");
  const powers = [graph.binary("Pow", beta1, time), graph.binary("Pow", beta2, time)];
  return (one) => {
    const mean = step.slot(one, "m");
    const variance = step.slot(one, "v");
    const after = step.decayed(one);
    step.updates.push(
      graph.update(
        "ResourceApplyAdam",
        [...powers, inputs.learningRate, beta1, beta2, epsilon, one.gradient],
        { variables: [one.weight.name, mean.name, variance.name] },
        after,
      ),
    );
  };
}

/** old · share + value · (1 − share). */
function runningMean(graph: GraphBuilder, share: number, old: Tensor, value: Tensor): Tensor {
  return graph.binary("AddV2", graph.scale(old, share), graph.scale(value, 1 - share));
}

/**
 * Keras's RMSprop: v ← ρ · v + (1 − ρ) · g²; step = learningRate · g / √(v + ε), where `centered` takes the square of the
 * running mean of g from v; with momentum b ← momentum · b + step; w ← w − b.
 */
function rmsProp(step: OptimizerStep, recipe: Extract<OptimizerRecipe, { type: "rmsprop" }>): Rule {
  const { graph, inputs } = step;
  return (one) => {
    const { gradient } = one;
    const moved = (name: string, value: Tensor): Tensor => {
      const slot = step.slot(one, name);
      const next = runningMean(graph, recipe.rho, step.read(slot), value);
      step.keep(slot, next);
      return next;
    };
    const squares = moved("velocity", graph.unary("Square", gradient));
    const spread = recipe.centered
      ? graph.binary("Sub", squares, graph.unary("Square", moved("averageGradient", gradient)))
      : squares;
    const divisor = graph.unary(
      "Sqrt",
      graph.binary("AddV2", spread, graph.scalar(recipe.epsilon)),
    );
    const change = graph.binary(
      "RealDiv",
      graph.binary("Mul", gradient, inputs.learningRate),
      divisor,
    );
    if (recipe.momentum === 0) {
      step.subtract(one, change);
      return;
    }
    const slot = step.slot(one, "momentum");
    const next = graph.binary("AddV2", graph.scale(step.read(slot), recipe.momentum), change);
    step.keep(slot, next);
    step.subtract(one, next);
  };
}

/** Keras's Adagrad: a ← a + g²; w ← w − learningRate · g / √(a + ε). */
function adagrad(step: OptimizerStep, recipe: Extract<OptimizerRecipe, { type: "adagrad" }>): Rule {
  const { graph, inputs } = step;
  return (one) => {
    const { gradient } = one;
    const slot = step.slot(one, "accumulator", recipe.initialAccumulatorValue);
    const sum = graph.binary("AddV2", step.read(slot), graph.unary("Square", gradient));
    step.keep(slot, sum);
    const divisor = graph.unary("Sqrt", graph.binary("AddV2", sum, graph.scalar(recipe.epsilon)));
    step.subtract(
      one,
      graph.binary("RealDiv", graph.binary("Mul", gradient, inputs.learningRate), divisor),
    );
  };
}
