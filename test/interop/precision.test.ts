import { describe, expect, it } from "vitest";
import { multipliesBfloat16 } from "../../src/trainer/engines/tfjsNode/bfloat16.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import { TrainingFailure } from "../../src/trainer/trainingFailure.ts";
import { distance, randomBatch, randomWeights } from "../trainer/support/check.ts";
import { loadEngine } from "../trainer/support/engine.ts";
import { networkOf, plainRecipe } from "../trainer/support/network.ts";
import { ask, missingPython } from "./oracle.ts";

const [height, width, channels, filters, classes, images] = [8, 7, 3, 5, 4, 6];

const network = networkOf({
  image: { type: "input", shape: [height, width, channels] },
  conv: { type: "conv2d", filters, kernelSize: 3, activation: "relu" },
  flat: { type: "flatten" },
  output: { type: "dense", units: classes, activation: "softmax" },
});
const batch = randomBatch(height * width * channels, classes, images);

type Nested = readonly (number | Nested)[];

/** Values as nested lists of this shape. */
function nested(values: Float32Array, [first = 1, ...rest]: readonly number[]): Nested {
  const size = values.length / first;
  return Array.from({ length: first }, (_, index) =>
    rest.length === 0
      ? (values[index] ?? NaN)
      : nested(values.subarray(index * size, (index + 1) * size), rest),
  );
}

interface Answer {
  readonly loss: number;
  readonly gradients: readonly (readonly number[])[];
}

const joined = (gradients: readonly (Iterable<number> | undefined)[]): Float32Array =>
  Float32Array.from(gradients.flatMap((gradient) => [...(gradient ?? [])]));

/** The last of the 8 bits of a bfloat16, as a share of the number. */
const unit = 2 ** -8;

describe.skipIf(missingPython("keras") !== undefined)("mixed precision", () => {
  it("has the gradients of Keras's mixed_bfloat16, and rounds no more than that", async ({
    skip,
  }) => {
    const graph = compile(network, { ...plainRecipe, precision: "mixedBfloat16" });
    const weights = randomWeights(graph.weights);
    const session = await loadEngine()
      .engine.load(graph)
      .catch((error: unknown) => {
        // On some processors TensorFlow cannot, and says so.
        if (error instanceof TrainingFailure && multipliesBfloat16() !== true) {
          return skip(error.message);
        }
        throw error;
      });
    const request = {
      ask: "mixed",
      weights: weights.map((values, index) => nested(values, graph.weights[index]!.shape)),
      images: nested(batch.images, [images, height, width, channels]),
      labels: nested(batch.labels, [images, classes]),
    };
    const [mixed, exact] = await ask<Answer>("keras", "keras_recipes.py", [
      { ...request, precision: "mixed_bfloat16" },
      { ...request, precision: "float32" },
    ]);
    await session.setWeights(weights);
    const { loss, gradients } = await session.gradients(batch, 1);
    session.dispose();
    const [ours, theirs, inFloat32] = [gradients, mixed!.gradients, exact!.gradients].map(joined);
    // Keras rounds between products too: the bias that is added, the activation, and their gradients.
    expect(distance(ours!, theirs!)).toBeLessThan(3 * unit);
    expect(Math.abs(loss - mixed!.loss) / mixed!.loss).toBeLessThan(3 * unit);
    const rounding = distance(ours!, inFloat32!);
    expect(rounding).toBeGreaterThan(unit / 8);
    expect(rounding).toBeLessThan(1.25 * distance(theirs!, inFloat32!));
  });
});
