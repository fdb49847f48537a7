import type { Network } from "../network/network.ts";
import type { Saving } from "./analysis.ts";
import { ConvolutionGraph, type ConvolutionSizes } from "./convolutionGraph.ts";
import { formatSum, sumOf } from "./formulas.ts";
import { type FoundPart, savingPatterns } from "./savingPatterns.ts";

/**
 * Finds every part that does the work of a plain convolution for less; each layer counts for one part, the largest
 * that it belongs to. Weights without biases, in the order of the network.
 */
export function findSavings(network: Network): readonly Saving[] {
  const graph = new ConvolutionGraph(network);
  const taken: (FoundPart | undefined)[] = [];
  for (const pattern of savingPatterns) {
    for (const first of graph.convolutions) {
      const found = taken[first.index] === undefined ? pattern(first, graph) : undefined;
      if (found === undefined || found.parts.some(({ index }) => taken[index])) continue;
      for (const { index } of found.parts) taken[index] = found;
    }
  }
  const inOrder = new Set<FoundPart>();
  for (const { index } of graph.convolutions) {
    const part = taken[index];
    if (part !== undefined) inOrder.add(part);
  }
  return [...inOrder].map(toSaving);
}

type Costs = Pick<Saving, "plain" | "actual">;

interface KnownCosts {
  readonly kind: Saving["kind"];
  readonly parts: readonly ConvolutionSizes[];
  readonly costs: Costs;
}

/** Copies of a block share the sizes of their convolutions, so each part is counted and written out once. */
const known = new WeakMap<ConvolutionSizes, KnownCosts>();

function toSaving(found: FoundPart): Saving {
  const { kind, parts } = found;
  const last = parts.at(-1);
  return {
    kind,
    node: last?.node ?? "",
    layers: parts.map((part) => part.id),
    ...costsOf(found),
  };
}

function costsOf({ kind, parts, plain }: FoundPart): Costs {
  const sizes = parts.map((part) => part.sizes);
  const last = sizes.at(-1);
  const before = last && known.get(last);
  if (before?.kind === kind && before.parts.every((part, place) => part === sizes[place])) {
    return before.costs;
  }
  const actual = sizes.flatMap((part) => part.weights);
  const costs = {
    plain: {
      parameters: sumOf(plain),
      macs: (last?.positions ?? 0) * sumOf(plain),
      formula: formatSum(plain),
    },
    actual: {
      parameters: sumOf(actual),
      macs: sizes.reduce((sum, part) => sum + part.positions * sumOf(part.weights), 0),
      formula: formatSum(actual),
    },
  };
  if (last !== undefined) known.set(last, { kind, parts: sizes, costs });
  return costs;
}
