import fs from "node:fs";
import { sizeOf } from "../../../core/layers/shape.ts";
import type { TrainingGraph } from "../../graph/trainingGraph.ts";
import { firstLine } from "../../asFailure.ts";
import { TrainingFailure } from "../../trainingFailure.ts";
import type { EngineSession } from "../engine.ts";
import { countOf } from "../shapes.ts";

/** Runs every product once, on zeros: which of them TensorFlow has in bfloat16 depends on its version and the processor. */
export async function tryBfloat16(
  session: EngineSession,
  graph: TrainingGraph,
  engine: string,
): Promise<void> {
  const images = new Float32Array(sizeOf(graph.inputShape));
  const labels = new Float32Array(graph.classes);
  try {
    await session.setWeights(graph.weights.map(({ shape }) => new Float32Array(countOf(shape))));
    await session.gradients({ size: 1, images, labels }, 1);
  } catch (error) {
    throw new TrainingFailure(
      "engineFailed",
      `${engine} cannot compute this design in bfloat16 on this processor: ${firstLine(error)}`,
      'Take "precision" out of the recipe, or set it to "float32".',
    );
  }
}

/** True where the processor multiplies bfloat16 by instructions of its own; `undefined` where it does not say. */
export function multipliesBfloat16(processor = processorWords()): boolean | undefined {
  const [, flags] = /^(?:flags|Features)\s*:(.*)$/mu.exec(processor) ?? [];
  return flags === undefined ? undefined : /\b(?:avx512_bf16|amx_bf16|bf16)\b/u.test(flags);
}

function processorWords(): string {
  try {
    return fs.readFileSync("/proc/cpuinfo", "utf8");
  } catch {
    return "";
  }
}
