import { beforeAll, describe, expect, it } from "vitest";
import { sizeOf } from "../../../src/core/layers/shape.ts";
import { WasmEngine } from "../../../src/trainer/engines/wasm/wasmEngine.ts";
import { compile } from "../../../src/trainer/graph/compile.ts";
import {
  differenceErrors,
  randomBatch,
  randomWeights,
  relativeError,
  tolerance,
} from "../support/check.ts";
import { loadEngine } from "../support/engine.ts";
import { gradientCases, nodesOf } from "../support/gradientCases.ts";
import { networkOf, plainRecipe } from "../support/network.ts";

describe("gradients on the WASM engine", () => {
  let engine: WasmEngine;
  let native: ReturnType<typeof loadEngine>["engine"];
  beforeAll(() => {
    engine = new WasmEngine();
    native = loadEngine().engine;
  });

  it.each(gradientCases)("$name", async (one) => {
    const graph = compile(networkOf(nodesOf(one)), plainRecipe);
    const batch = randomBatch(sizeOf(graph.inputShape), graph.classes, 4);
    const weights = randomWeights(graph.weights);
    const session = await engine.load(graph);
    const errors = await differenceErrors(session, graph.weights, weights, batch);
    const result = await session.gradients(batch, 1);
    session.dispose();
    for (const [name, error] of Object.entries(errors)) {
      expect(error, `finite differences of ${name}`).toBeLessThan(tolerance);
    }
    expect(Object.keys(errors)).toEqual(
      graph.weights.filter(({ weight }) => weight.trainable).map(({ name }) => name),
    );

    const other = await native.load(graph);
    await other.setWeights(weights);
    const expected = await other.gradients(batch, 1);
    other.dispose();
    expect(result.loss / expected.loss).toBeCloseTo(1, 5);
    for (const [index, gradient] of expected.gradients.entries()) {
      if (gradient === undefined) continue;
      expect(
        relativeError(result.gradients[index]!, gradient),
        `the native engine's gradient of ${graph.weights[index]!.name}`,
      ).toBeLessThan(2e-4);
    }
  });
});
