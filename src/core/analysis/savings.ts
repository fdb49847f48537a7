import type { Network } from "../network/network.ts";
import type { Saving } from "./analysis.ts";
import { ConvolutionGraph } from "./convolutionGraph.ts";
import { formatSum, sumOf } from "./formulas.ts";
import { type FoundPart, savingPatterns } from "./savingPatterns.ts";

/**
 * Finds every part that does the work of a plain convolution for less; each layer counts for one part, the largest
 * that it belongs to. Weights without biases, in the order of the network.
 */
export function findSavings(network: Network): readonly Saving[] {
  const graph = new ConvolutionGraph(network);
  const parts = new Map<string, FoundPart>();
  for (const pattern of savingPatterns) {
    for (const first of graph.convolutions) {
      const found = parts.has(first.id) ? undefined : pattern(first, graph);
      if (found === undefined || found.parts.some((part) => parts.has(part.id))) continue;
      for (const part of found.parts) parts.set(part.id, found);
    }
  }
  const inOrder = new Set(graph.convolutions.flatMap(({ id }) => parts.get(id) ?? []));
  return [...inOrder].map(toSaving);
}

function toSaving({ kind, parts, plain }: FoundPart): Saving {
  const last = parts.at(-1);
  const actual = parts.flatMap((part) => part.weights);
  return {
    kind,
    node: last?.node ?? "",
    layers: parts.map((part) => part.id),
    plain: {
      parameters: sumOf(plain),
      macs: (last?.positions ?? 0) * sumOf(plain),
      formula: formatSum(plain),
    },
    actual: {
      parameters: sumOf(actual),
      macs: parts.reduce((sum, part) => sum + part.positions * sumOf(part.weights), 0),
      formula: formatSum(actual),
    },
  };
}
