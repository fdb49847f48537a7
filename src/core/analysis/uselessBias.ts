import type { Network } from "../network/network.ts";

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
  const readers = new Map<string, number>();
  for (const layer of network.layers) {
    for (const input of layer.inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  }
  const found: UselessBias[] = [];
  for (const norm of network.layers) {
    if (norm.type !== "batchNormalization" || !norm.options.center) continue;
    const before = network.byId.get(norm.inputs[0] ?? "");
    if (before === undefined || readers.get(before.id) !== 1) continue;
    if (!("activation" in before.options) || before.options.activation !== "linear") continue;
    const bias = before.inference?.weights.find((weight) => weight.name === "bias");
    if (bias === undefined) continue;
    found.push({ layer: before.id, node: before.node, parameters: bias.shape[0] ?? 0 });
  }
  return found;
}
