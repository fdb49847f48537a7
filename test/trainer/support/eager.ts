import type { Tensor, Tensor4D } from "@tensorflow/tfjs-node";
import type { Activation } from "../../../src/core/layers/activations.ts";
import type { LayerType } from "../../../src/core/layers/layers.ts";
import type { Network } from "../../../src/core/network/network.ts";
import type { Batch } from "../../../src/trainer/engines/engine.ts";
import type { WeightVariable } from "../../../src/trainer/graph/trainingGraph.ts";
import { activationsOf, eagerLayers } from "./eagerLayers.ts";
import type { Tfjs, Weights } from "./eagerMath.ts";

/** Loss and gradients of a network as TensorFlow.js computes them, operation by operation with its own gradients. */
export function eagerGradients(
  tf: Tfjs,
  network: Network,
  variables: readonly WeightVariable[],
  values: readonly Float32Array[],
  batch: Batch,
): { readonly loss: number; readonly gradients: readonly (Float32Array | undefined)[] } {
  return tf.tidy(() => {
    const { x, y } = feed(tf, network, batch);
    const tensors = variables.map(({ shape }, index) =>
      tf.tensor(values[index]!, [...shape], "float32"),
    );
    const trained = variables.flatMap(({ weight }, index) => (weight.trainable ? [index] : []));
    const { value, grads } = tf.valueAndGrads((...given: Tensor[]) => {
      const all = [...tensors];
      for (const [order, index] of trained.entries()) all[index] = given[order]!;
      const byName = new Map(variables.map(({ name }, index) => [name, all[index]!]));
      return lossOf(tf, network, (name) => byName.get(name)!, x, y);
    })(trained.map((index) => tensors[index]!));
    return {
      loss: value.dataSync()[0]!,
      gradients: variables.map((_, index) => {
        const order = trained.indexOf(index);
        return order === -1 ? undefined : grads[order]!.dataSync<"float32">();
      }),
    };
  });
}

/** Loss alone, for operations that TensorFlow.js has no gradient for. */
export function eagerLoss(
  tf: Tfjs,
  network: Network,
  variables: readonly WeightVariable[],
  values: readonly Float32Array[],
  batch: Batch,
): number {
  return tf.tidy(() => {
    const { x, y } = feed(tf, network, batch);
    const byName = new Map(
      variables.map(({ name, shape }, index) => [name, tf.tensor(values[index]!, [...shape])]),
    );
    return lossOf(tf, network, (name) => byName.get(name)!, x, y).dataSync()[0]!;
  });
}

function feed(
  tf: Tfjs,
  network: Network,
  { images, labels, size }: Batch,
): { readonly x: Tensor; readonly y: Tensor } {
  const shape = network.layers[0]!.inference!.outputShape;
  return {
    x: tf.tensor(images, [size, ...shape]),
    y: tf.tensor(labels, [size, labels.length / size]),
  };
}

/** Cross-entropy in training mode, from the logits of the last layer. */
function lossOf(tf: Tfjs, network: Network, weights: Weights, x: Tensor, y: Tensor): Tensor {
  const outputs = new Map<string, Tensor>();
  for (const layer of network.layers) {
    const inputs = layer.type === "input" ? [x] : layer.inputs.map((id) => outputs.get(id)!);
    const isLast = layer.id === network.outputs[0];
    const run = {
      tf,
      layer,
      inputs,
      x: inputs[0]!,
      map: inputs[0] as Tensor4D,
      weight: (name: string) => weights(`${layer.id}/${name}`),
      act: (activation: Activation, value: Tensor) =>
        isLast && activation === "softmax" ? value : activationsOf(tf)[activation](value),
    };
    // The table pairs every type with its function.
    const compute: (typeof eagerLayers)[LayerType] = eagerLayers[layer.type];
    outputs.set(layer.id, compute(run as never));
  }
  const entropy = tf.losses.softmaxCrossEntropy(y, outputs.get(network.outputs[0]!)!);
  return tf.addN([entropy, ...penaltiesOf(tf, network, weights)]);
}

/** What Keras' `l1_l2` adds for each regularised weight. */
function penaltiesOf(tf: Tfjs, network: Network, weights: Weights): readonly Tensor[] {
  return network.layers.flatMap(({ id, inference }) =>
    (inference?.weights ?? []).flatMap(({ name, regularizer }) => {
      if (regularizer === undefined) return [];
      const weight = weights(`${id}/${name}`);
      return [
        tf.mul(regularizer.l1, tf.sum(tf.abs(weight))),
        tf.mul(regularizer.l2, tf.sum(tf.square(weight))),
      ];
    }),
  );
}
