import { describe, expect, it } from "vitest";
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
import { gradientCases, nodesOf } from "../support/gradientCases.ts";
import { networkOf, plainRecipe } from "../support/network.ts";
import { startWebgpu } from "../support/webgpu.ts";

const engine = await startWebgpu();
if (typeof engine === "string") {
  process.stderr.write(`The gradients on WebGPU are not tested: ${engine}\n`);
}

/** Every tenth also against finite differences, which take a hundred calls each; the WASM engine has them for all. */
const isDifferentiated = (index: number): boolean => index % 10 === 0;

// Its programs are compiled anew for every shape.
describe.skipIf(typeof engine === "string")("gradients on WebGPU", { timeout: 240_000 }, () => {
  const wasm = new WasmEngine({ threads: 1 });

  it.each(gradientCases.map((one, index) => [one.name, one, index] as const))(
    "%s",
    async (_, one, index) => {
      const graph = compile(networkOf(nodesOf(one)), plainRecipe);
      const batch = randomBatch(sizeOf(graph.inputShape), graph.classes, 4);
      const weights = randomWeights(graph.weights);
      const other = await wasm.load(graph);
      await other.setWeights(weights);
      const expected = await other.gradients(batch, 1);
      other.dispose();
      if (typeof engine === "string") return;
      const session = await engine.load(graph);
      await session.setWeights(weights);
      const result = await session.gradients(batch, 1);
      expect(result.loss / expected.loss).toBeCloseTo(1, 4);
      for (const [place, gradient] of expected.gradients.entries()) {
        if (gradient === undefined) continue;
        expect(
          relativeError(result.gradients[place]!, gradient),
          `the WASM engine's gradient of ${graph.weights[place]!.name}`,
        ).toBeLessThan(2e-3);
      }
      if (isDifferentiated(index)) {
        const errors = await differenceErrors(session, graph.weights, weights, batch);
        for (const [name, error] of Object.entries(errors)) {
          expect(error, `finite differences of ${name}`).toBeLessThan(tolerance);
        }
      }
      session.dispose();
    },
  );
});
