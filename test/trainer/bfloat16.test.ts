import { beforeAll, describe, expect, it } from "vitest";
import { sizeOf } from "../../src/core/layers/shape.ts";
import type { TrainingEngine } from "../../src/trainer/engines/engine.ts";
import { needsBfloat16, refuseBfloat16 } from "../../src/trainer/engines/refuseBfloat16.ts";
import { WasmEngine } from "../../src/trainer/engines/wasm/wasmEngine.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import type { TrainingGraph } from "../../src/trainer/graph/trainingGraph.ts";
import { randomBatch, randomWeights } from "./support/check.ts";
import { emulated } from "./support/emulated.ts";
import { loadEngine } from "./support/engine.ts";
import { gradientCases, nodesOf } from "./support/gradientCases.ts";
import { networkOf, plainRecipe } from "./support/network.ts";

const mixed = { ...plainRecipe, precision: "mixedBfloat16" } as const;

/** A unit in the last of the 8 bits of a bfloat16, as a share of the number. */
const unit = 2 ** -8;

/**
 * Against the same roundings in float32: where a sum lies between two bfloat16s, another order of summing rounds it the
 * other way, a unit; a few such numbers in a gradient, and what they do to later layers, are far below four.
 */
const sameTolerance = 4 * unit;

/** Against float32: forward and back each product rounds its two factors and itself, each by half a unit at most. */
const float32Tolerance = 8 * unit;

const cases = gradientCases.flatMap((one) => {
  const network = networkOf(nodesOf(one));
  const graph = compile(network, mixed);
  return needsBfloat16(graph)
    ? [{ name: one.name, graph, inFloat32: compile(network, plainRecipe) }]
    : [];
});

/** Length of the difference, as a share of the length of what is expected. */
const distance = (actual: Float32Array, expected: Float32Array): number =>
  Math.hypot(...expected.map((value, at) => value - (actual[at] ?? NaN))) /
  Math.max(Math.hypot(...expected), 1e-3);

async function gradientsOf(engine: TrainingEngine, graph: TrainingGraph) {
  const session = await engine.load(graph);
  await session.setWeights(randomWeights(graph.weights));
  const batch = randomBatch(sizeOf(graph.inputShape), graph.classes, 4);
  const { gradients } = await session.gradients(batch, 1);
  session.dispose();
  return gradients.map((gradient) => gradient ?? new Float32Array());
}

const joined = (gradients: readonly Float32Array[]): Float32Array =>
  Float32Array.from(gradients.flatMap((gradient) => [...gradient]));

describe("gradients in mixed precision", () => {
  let engine: TrainingEngine;
  beforeAll(() => {
    ({ engine } = loadEngine());
  });

  it.each(cases)("$name", async ({ graph, inFloat32 }) => {
    const actual = await gradientsOf(engine, graph);
    const same = await gradientsOf(engine, emulated(graph));
    for (const [index, expected] of same.entries()) {
      expect(distance(actual[index]!, expected), graph.weights[index]!.name).toBeLessThan(
        sameTolerance,
      );
    }
    const expected = joined(await gradientsOf(engine, inFloat32));
    expect(distance(joined(actual), expected), "float32").toBeLessThan(float32Tolerance);
    expect(joined(actual), "something was rounded").not.toEqual(expected);
  });
});

describe("mixed precision", () => {
  const network = networkOf({
    image: { type: "input", shape: [8, 8, 2] },
    conv: { type: "conv2d", filters: 4, kernelSize: 3, activation: "relu" },
    depthwise: { type: "depthwiseConv2d", kernelSize: 3 },
    flat: { type: "flatten" },
    output: { type: "dense", units: 3, activation: "softmax" },
  });
  const graph = compile(network, mixed);

  it("keeps weights and all between products in float32", () => {
    const narrow = graph.operations.filter(({ outputs }) =>
      outputs.some(({ dataType }) => dataType === "bfloat16"),
    );
    expect([...new Set(narrow.map(({ type }) => type))].toSorted()).toEqual([
      "Cast",
      "Conv2D",
      "Conv2DBackpropFilter",
      "MatMul",
    ]);
  });

  it("rounds what several products need once", () => {
    const rounded = graph.operations.flatMap(({ type, inputs: [x], outputs: [y] }) =>
      type === "Cast" && y?.dataType === "bfloat16" ? [`${x?.operation}:${x?.index}`] : [],
    );
    // One time each for training and for evaluation, which have different tensors but for the image and the weights.
    const most = Math.max(
      ...rounded.map((name) => rounded.filter((other) => other === name).length),
    );
    expect(most).toBe(2);
  });

  it("is refused by the engines that have float32 alone, with the way on", async () => {
    await expect(new WasmEngine({ threads: 1 }).load(graph)).rejects.toMatchObject({
      reason: "unsupported",
      message: expect.stringMatching(/WASM engine computes in float32 alone.*mixedBfloat16/),
    });
    expect(() => refuseBfloat16("WebGPU", graph)).toThrow(/WebGPU engine/);
    expect(() => refuseBfloat16("WebGPU", compile(network, plainRecipe))).not.toThrow();
  });
});
