import { beforeAll, describe, expect, it } from "vitest";
import { sizeOf } from "../../src/core/layers/shape.ts";
import type { TrainingEngine } from "../../src/trainer/engines/engine.ts";
import { needsBfloat16, refuseBfloat16 } from "../../src/trainer/engines/refuseBfloat16.ts";
import {
  multipliesBfloat16,
  refuseWrongBfloat16,
} from "../../src/trainer/engines/tfjsNode/bfloat16.ts";
import type { TrainingFailure } from "../../src/trainer/trainingFailure.ts";
import { WasmEngine } from "../../src/trainer/engines/wasm/wasmEngine.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import type { TrainingGraph } from "../../src/trainer/graph/trainingGraph.ts";
import { distance, randomBatch, randomWeights } from "./support/check.ts";
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
  /** Why there is nothing to compare: on some processors TensorFlow cannot, and says so. */
  let whyNot: string | undefined;
  beforeAll(async () => {
    ({ engine } = loadEngine());
    whyNot = await engine.load(cases[0]!.graph).then(
      (session) => {
        session.dispose();
        return undefined;
      },
      (error: unknown) => (error as TrainingFailure).message,
    );
  });

  it("are computed where the processor has instructions for them, and else refused in words", () => {
    expect(whyNot ?? "").toMatch(/^$|^TensorFlow [\d.]+ (adds up in bfloat16|has no products)/);
    if (multipliesBfloat16() === true) {
      expect(whyNot).toBeUndefined();
    }
  });

  it.for(cases)("$name", async ({ graph, inFloat32 }, { skip }) => {
    skip(whyNot !== undefined, whyNot);
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

  it("is refused where sums are bfloat16 too, or where there are no such products", async () => {
    const short = { predict: async () => new Float32Array([256, 256, 256, 256]) };
    const none = { predict: () => Promise.reject(new Error("No kernel.\nat")) };
    const hint = 'Set "precision" in the recipe to "float32", or take it out.';
    await expect(refuseWrongBfloat16(short, "TensorFlow 1")).rejects.toMatchObject({
      message:
        "TensorFlow 1 adds up in bfloat16 on this processor, so gradients would come out wrong.",
      hint,
    });
    await expect(refuseWrongBfloat16(none, "TensorFlow 1")).rejects.toMatchObject({
      message: "TensorFlow 1 has no products in bfloat16 on this processor: No kernel.",
      hint,
    });
  });

  it("knows the processors that have instructions for it", () => {
    const flags = (words: string) => multipliesBfloat16(`model\t: x\nflags\t\t: ${words}\n`);
    expect([
      flags("fpu avx512f avx512_bf16 sse"),
      flags("fpu avx2 avx512f"),
      multipliesBfloat16("Features\t: fp asimd bf16 i8mm\n"),
      multipliesBfloat16(""),
    ]).toEqual([true, false, true, undefined]);
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
