import { describe, expect, it } from "vitest";
import { WasmEngine } from "../../src/trainer/engines/wasm/wasmEngine.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import { defaultOptimizerRecipe } from "../../src/core/design/parseTraining.ts";
import { designOf } from "../core/designOf.ts";
import { randomBatch, randomWeights } from "../trainer/support/check.ts";
import { loadEngine } from "../trainer/support/engine.ts";
import { plainRecipe } from "../trainer/support/network.ts";
import { ask, missingPython, type OracleCounts } from "./oracle.ts";

interface Answer extends OracleCounts {
  /** Of each step, before it. */
  readonly losses: readonly number[];
  readonly weights: readonly (readonly number[])[];
}

const [side, channels, classes, images, steps] = [5, 2, 3, 4, 4];
const [rate, momentum] = [0.1, 0.9];
const unit = { type: "convBlock", filters: 3, kernelSize: 3, activation: "tanh" };

/** A block of the file with a built-in block in it, twice in a row behind a built-in block. */
const withBody = (trainable: boolean) =>
  designOf(
    {
      image: { type: "input", shape: [side, side, channels] },
      stem: { ...unit, from: "image" },
      body: { type: "body", from: "stem", repeat: 2, ...(trainable ? {} : { trainable }) },
      flat: { type: "flatten", from: "body" },
      output: { type: "dense", from: "flat", units: classes, activation: "softmax" },
    },
    {
      blocks: {
        body: {
          inputs: ["x"],
          nodes: {
            unit: { ...unit, from: "x" },
            conv: {
              type: "conv2d",
              from: "unit",
              filters: 3,
              kernelSize: 3,
              padding: "same",
              activation: "tanh",
              // A frozen block holds for what is inside, whatever that says.
              trainable: true,
            },
          },
          output: "conv",
        },
      },
    },
  );

type Nested = readonly (number | Nested)[];

function nested(values: Float32Array, [first = 1, ...rest]: readonly number[]): Nested {
  const size = values.length / first;
  return Array.from({ length: first }, (_, index) =>
    rest.length === 0
      ? (values[index] ?? NaN)
      : nested(values.subarray(index * size, (index + 1) * size), rest),
  );
}

describe.skipIf(missingPython("keras") !== undefined)("a frozen block", () => {
  it.each(["native", "WASM"])("is the frozen model of Keras on the %s engine", async (name) => {
    const engine = name === "WASM" ? new WasmEngine({ threads: 2 }) : loadEngine().engine;
    const batch = randomBatch(side * side * channels, classes, images);
    for (const trainable of [true, false]) {
      const { analysis, network } = withBody(trainable);
      expect(analysis.problems).toEqual([]);
      const optimizer = { ...defaultOptimizerRecipe("sgd"), learningRate: rate, momentum };
      const graph = compile(network, { ...plainRecipe, optimizer });
      const weights = randomWeights(graph.weights).map((values, index) =>
        graph.weights[index]!.name.endsWith("movingVariance")
          ? values.map((value) => 1 + value ** 2)
          : values,
      );
      const [theirs] = await ask<Answer>("keras", "keras_frozen.py", [
        {
          trainable,
          rate,
          momentum,
          steps,
          weights: weights.map((values) => [...values]),
          images: nested(batch.images, [images, side, side, channels]),
          labels: nested(batch.labels, [images, classes]),
        },
      ]);
      const session = await engine.load(graph);
      await session.setWeights(weights);
      const losses: number[] = [];
      for (let step = 1; step <= steps; step += 1) {
        losses.push((await session.trainStep(batch, { learningRate: rate, step })).loss);
      }
      const trained = await session.getWeights();
      session.dispose();

      expect(analysis.totals.parameters).toMatchObject({
        trainable: theirs?.trainable,
        nonTrainable: theirs?.nonTrainable,
      });
      for (const [step, loss] of losses.entries()) {
        expect(loss, `step ${step + 1}`).toBeCloseTo(theirs?.losses[step] ?? NaN, 4);
      }
      expect(trained).toHaveLength(theirs?.weights.length ?? 0);
      for (const [index, { name: weight }] of graph.weights.entries()) {
        for (const [place, value] of theirs!.weights[index]!.entries()) {
          expect(trained[index]?.[place], weight).toBeCloseTo(value, 4);
        }
        const isKept = trained[index]!.every((value, place) => value === weights[index]![place]);
        expect(isKept, weight).toBe(!trainable && weight.startsWith("body/"));
      }
    }
  });
});
