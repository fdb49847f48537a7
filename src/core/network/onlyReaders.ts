import type { Network, NetworkLayer } from "./network.ts";

/** By the place of a layer, what reads it: the one reader, `"several"`, or nothing. */
export type OnlyReaders = readonly (NetworkLayer | "several" | undefined)[];

const known = new WeakMap<Network, OnlyReaders>();

/** Which layers have a single reader; worked out once for a network. */
export function onlyReaders(network: Network): OnlyReaders {
  const before = known.get(network);
  if (before !== undefined) return before;
  const readers: (NetworkLayer | "several" | undefined)[] = network.layers.map(() => undefined);
  for (const layer of network.layers) {
    for (const source of layer.sources) {
      if (source >= 0) readers[source] = readers[source] === undefined ? layer : "several";
    }
  }
  known.set(network, readers);
  return readers;
}
