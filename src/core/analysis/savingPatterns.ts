import type { Product } from "../layers/layer.ts";
import type { Saving } from "./analysis.ts";
import type { Convolution, ConvolutionGraph, ConvolutionSizes } from "./convolutionGraph.ts";

/** A part of a network with the plain convolutions it stands for. */
export interface FoundPart {
  readonly kind: Saving["kind"];
  readonly parts: readonly Convolution[];
  /** Weights of the plain convolutions, as a sum of products. */
  readonly plain: readonly Product[];
}

/** Looks for a part that begins with a convolution. */
type SavingPattern = (first: Convolution, graph: ConvolutionGraph) => FoundPart | undefined;

/** 1 × 1, k × k, 1 × 1 of a residual unit against two k × k at the width that leaves it (He et al. 2015, figure 5). */
const bottleneck: SavingPattern = (first, graph) => {
  const second = isPoint(first) ? graph.next(first) : undefined;
  const third = second === undefined || isPoint(second) ? undefined : graph.next(second);
  if (second === undefined || third === undefined || !isPoint(third)) return undefined;
  const { outputs } = third.sizes;
  if (outputs <= second.sizes.outputs || !graph.isAdded(third)) return undefined;
  const plain = [
    [...second.sizes.kernel, first.sizes.inputs, outputs],
    [...second.sizes.kernel, outputs, outputs],
  ];
  return { kind: "bottleneck", parts: [first, second, third], plain };
};

/** k × k on each channel and 1 × 1 over all of them against k × k over all (Howard et al. 2017, section 3.1). */
const depthwiseSeparable: SavingPattern = (first, graph) => {
  const { groups, inputs, weights } = first.sizes;
  if (groups !== inputs || groups === 1) return undefined;
  const kind = "depthwiseSeparable";
  if (weights.length > 1) return { kind, parts: [first], plain: [over(first.sizes, first.sizes)] };
  const second = graph.next(first);
  if (second === undefined || !isPoint(second) || second.sizes.groups !== 1) return undefined;
  return { kind, parts: [first, second], plain: [over(first.sizes, second.sizes)] };
};

/** 1 × n and n × 1 against n × n (Szegedy et al. 2015, figure 6). */
const factorized: SavingPattern = (first, graph) => {
  const second = graph.next(first);
  if (second === undefined) return undefined;
  if (first.sizes.groups !== 1 || second.sizes.groups !== 1) return undefined;
  const [height, width] = first.sizes.kernel;
  const [nextHeight, nextWidth] = second.sizes.kernel;
  const isRowThenColumn = height === 1 && nextWidth === 1 && width > 1 && nextHeight > 1;
  const isColumnThenRow = width === 1 && nextHeight === 1 && height > 1 && nextWidth > 1;
  if (!isRowThenColumn && !isColumnThenRow) return undefined;
  const kernel = [Math.max(height, nextHeight), Math.max(width, nextWidth)] as const;
  const plain = [over({ ...first.sizes, kernel }, second.sizes)];
  return { kind: "factorized", parts: [first, second], plain };
};

/** A 1 × 1 that narrows the map before a larger filter (Szegedy et al. 2014, figure 2b). */
const reduction: SavingPattern = (first, graph) => {
  const { groups, inputs, outputs } = first.sizes;
  if (!isPoint(first) || groups !== 1 || outputs >= inputs) return undefined;
  const second = graph.next(first);
  if (second === undefined || isPoint(second) || second.sizes.groups !== 1) return undefined;
  const plain = [over({ ...first.sizes, kernel: second.sizes.kernel }, second.sizes)];
  return { kind: "reduction", parts: [first, second], plain };
};

/** Groups against one convolution over all channels (Krizhevsky et al. 2012). */
const grouped: SavingPattern = (only) => {
  const { groups, inputs } = only.sizes;
  if (groups === 1 || groups === inputs) return undefined;
  return { kind: "grouped", parts: [only], plain: [over(only.sizes, only.sizes)] };
};

function isPoint({ sizes }: Convolution): boolean {
  return sizes.kernel[0] === 1 && sizes.kernel[1] === 1;
}

/** The plain convolution from what enters one part to what leaves another. */
function over({ kernel, inputs }: ConvolutionSizes, { outputs }: ConvolutionSizes): Product {
  return [...kernel, inputs, outputs];
}

/** Patterns from the largest part to the smallest; a layer belongs to the first that takes it. */
export const savingPatterns: readonly SavingPattern[] = [
  bottleneck,
  depthwiseSeparable,
  factorized,
  reduction,
  grouped,
];
