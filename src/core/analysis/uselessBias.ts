import type { Network } from "../network/network.ts";
import { onlyReaders } from "../network/onlyReaders.ts";

/** A bias that does nothing, by its layer, with its number of weights. */
export interface UselessBias {
  readonly layer: string;
  readonly node: string;
  readonly parameters: number;
}

/**
 * Biases whose only reader is a batch normalization with a shift of its own: it subtracts the mean, and the bias with
 * it (Ioffe and Szegedy 2015, section 3.2).
 */
export function uselessBiases(network: Network): readonly UselessBias[] {
  const readers = onlyReaders(network);
  const found: UselessBias[] = [];
  for (const norm of network.layers) {
    if (norm.type !== "batchNormalization" || !norm.options.center) continue;
    const before = network.layers[norm.sources[0] ?? -1];
    if (before === undefined || readers[before.index] !== norm) continue;
    if (!("activation" in before.options) || before.options.activation !== "linear") continue;
    const bias = before.inference?.weights.find((weight) => weight.name === "bias");
    if (bias === undefined) continue;
    found.push({ layer: before.id, node: before.node, parameters: bias.shape[0] ?? 0 });
  }
  return found;
}
