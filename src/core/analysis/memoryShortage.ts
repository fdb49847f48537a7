import type { TrainingRecipe } from "../design/training.ts";
import type { Network } from "../network/network.ts";
import type { ParameterCount } from "./analysis.ts";
import { memoryOf } from "./memory.ts";

/** What a training needs where it does not fit. */
export interface MemoryShortage {
  /** Bytes, as the analysis estimates them. */
  readonly needed: number;
  readonly batchSize: number;
  /** The batch size that fits, found by halving; absent where not even one image does. */
  readonly fittingBatch?: number;
}

/** Why a training does not fit into some bytes, and which batch would; `undefined` where it fits. */
export function memoryShortage(
  network: Network,
  parameters: ParameterCount,
  recipe: TrainingRecipe,
  available: number,
): MemoryShortage | undefined {
  const { training: needed, batchSize } = memoryOf(network, parameters, recipe);
  if (needed <= available) return undefined;
  for (let batch = Math.floor(batchSize / 2); batch >= 1; batch = Math.floor(batch / 2)) {
    if (memoryOf(network, parameters, { ...recipe, batchSize: batch }).training <= available) {
      return { needed, batchSize, fittingBatch: batch };
    }
  }
  return { needed, batchSize };
}
