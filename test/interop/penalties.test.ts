import { describe, expect, it } from "vitest";
import { compile } from "../../src/trainer/graph/compile.ts";
import { loadEngine } from "../trainer/support/engine.ts";
import { networkOf, plainRecipe } from "../trainer/support/network.ts";
import { ask, missingPython } from "./oracle.ts";

interface Answer {
  readonly evaluated: number;
  readonly trained: readonly (readonly number[])[];
}

const kernel = [
  [0.5, -0.25, 0],
  [-1, 0.75, 0.125],
];
const example = { bias: [0.1, -0.2, 0.3], image: [1, -2], label: [0, 1, 0] };
const strengths = [
  { l1: 0, l2: 0 },
  { l1: 0.1, l2: 0 },
  { l1: 0, l2: 0.1 },
  { l1: 0.02, l2: 0.3 },
];

describe.skipIf(missingPython("keras") !== undefined)("penalties on kernels", () => {
  it("are those of Keras in evaluation and in a step of training", async () => {
    const { engine } = loadEngine();
    const requests = strengths.map((strength) => ({ ...strength, ...example, kernel }));
    const theirs = await ask<Answer>("keras", "keras_penalties.py", requests);
    for (const [index, kernelRegularizer] of strengths.entries()) {
      const graph = compile(
        networkOf({
          image: { type: "input", shape: [2] },
          output: { type: "dense", units: 3, activation: "softmax", kernelRegularizer },
        }),
        plainRecipe,
      );
      const session = await engine.load(graph);
      await session.setWeights([Float32Array.from(kernel.flat()), Float32Array.from(example.bias)]);
      const images = Float32Array.from(example.image);
      const batch = { images, labels: Float32Array.from(example.label), size: 1 };
      const { loss } = await session.evaluate(batch);
      await session.trainStep(batch, { learningRate: 0.1, step: 1 });
      const [trained] = await session.getWeights();
      session.dispose();
      expect(loss).toBeCloseTo(theirs[index]?.evaluated ?? NaN, 5);
      for (const [place, value] of (theirs[index]?.trained ?? []).flat().entries()) {
        expect(trained?.[place]).toBeCloseTo(value, 5);
      }
    }
  });
});
