import type { OptimizerRecipe } from "../../core/design/training.ts";
import type { GraphBuilder } from "./builder.ts";
import type { Tensor } from "./operation.ts";
import type { Variable } from "./trainingGraph.ts";

/** What an optimiser adds to the graph. */
export interface Optimization {
  readonly slots: readonly Variable[];
  /** Names of the operations that change the weights. */
  readonly updates: readonly string[];
}

/** One weight with the gradient of the loss. */
export interface WeightGradient {
  readonly weight: Variable;
  readonly gradient: Tensor;
}

/** Inputs of a step besides the images. */
export interface StepInputs {
  /** A float32 scalar. */
  readonly learningRate: Tensor;
  /** Number of the step, from 1; an int32 scalar. */
  readonly step: Tensor;
}

/** Adds the update of every weight. */
export function addOptimizer(
  graph: GraphBuilder,
  recipe: OptimizerRecipe,
  gradients: readonly WeightGradient[],
  inputs: StepInputs,
): Optimization {
  return graph.within("optimizer", () => {
    switch (recipe.type) {
      case "sgd":
        return recipe.momentum === 0
          ? gradientDescent(graph, gradients, inputs)
          : momentum(graph, recipe, gradients, inputs);
      case "adam":
        return adam(graph, recipe, gradients, inputs);
    }
  });
}

/** w ← w − learningRate · g. */
function gradientDescent(
  graph: GraphBuilder,
  gradients: readonly WeightGradient[],
  { learningRate }: StepInputs,
): Optimization {
  const updates = gradients.map(({ weight, gradient }) =>
    graph.update("ResourceApplyGradientDescent", [learningRate, gradient], {
      variables: [weight.name],
    }),
  );
  return { slots: [], updates };
}

/** Keras's SGD: v ← momentum · v − learningRate · g; w ← w + v, or with Nesterov w + momentum · v − learningRate · g. */
function momentum(
  graph: GraphBuilder,
  recipe: Extract<OptimizerRecipe, { type: "sgd" }>,
  gradients: readonly WeightGradient[],
  { learningRate }: StepInputs,
): Optimization {
  const slots: Variable[] = [];
  const updates = gradients.map(({ weight, gradient }) => {
    const velocity = { name: `${weight.name}/velocity`, shape: weight.shape };
    slots.push(velocity);
    return graph.update(
      "ResourceApplyKerasMomentum",
      [learningRate, gradient, graph.scalar(recipe.momentum)],
      { variables: [weight.name, velocity.name], useNesterov: recipe.nesterov },
    );
  });
  return { slots, updates };
}

/**
 * Adam (Kingma and Ba 2015) as Keras computes it, which is the form before their section 2.1's ε̂:
 * α = learningRate · √(1 − β2ᵗ) / (1 − β1ᵗ); w ← w − α · m / (√v + ε). TensorFlow.js adds ε after the bias correction.
 */
function adam(
  graph: GraphBuilder,
  recipe: Extract<OptimizerRecipe, { type: "adam" }>,
  gradients: readonly WeightGradient[],
  { learningRate, step }: StepInputs,
): Optimization {
  const [beta1, beta2, epsilon] = [recipe.beta1, recipe.beta2, recipe.epsilon].map((value) =>
    graph.scalar(value),
  ) as [Tensor, Tensor, Tensor];
  const time = graph.cast(step, "float32");
  const powers = [graph.binary("Pow", beta1, time), graph.binary("Pow", beta2, time)];
  const slots: Variable[] = [];
  const updates = gradients.map(({ weight, gradient }) => {
    const mean = { name: `${weight.name}/m`, shape: weight.shape };
    const variance = { name: `${weight.name}/v`, shape: weight.shape };
    slots.push(mean, variance);
    return graph.update(
      "ResourceApplyAdam",
      [...powers, learningRate, beta1, beta2, epsilon, gradient],
      { variables: [weight.name, mean.name, variance.name] },
    );
  });
  return { slots, updates };
}
