import { chain } from "./chain.ts";
import type { ZooNetwork, ZooNode } from "./zooNetwork.ts";

const image = (...shape: readonly number[]): ZooNode => ({ type: "input", shape });

const inception = {
  family: "Lessons",
  year: 2014,
  depth: 1,
  source: "Szegedy et al. 2014, arXiv:1409.4842, figure 2",
} as const;

const widths = { type: "inceptionBlock", branch1x1: 128, branch3x3: 192, branch5x5: 96 } as const;

const plain = (filters: number, kernelSize: number): ZooNode => ({
  type: "conv2d",
  filters,
  kernelSize,
  padding: "same",
  useBias: false,
});

/** Parts of networks as a course shows them, to look at alone. */
export const lessonNetworks: readonly ZooNetwork[] = [
  {
    ...inception,
    id: "inceptionNaive",
    name: "Inception Module (Naive)",
    summary: "854 million multiply-accumulates on a 28 × 28 × 256 map.",
    nodes: chain({ image: image(28, 28, 256), module: widths }),
  },
  {
    ...inception,
    id: "inceptionReduced",
    name: "Inception Module (1 × 1 Reductions)",
    depth: 2,
    summary: "Reductions to 64 channels cut the work of the naive module to a third.",
    nodes: chain({
      image: image(28, 28, 256),
      module: { ...widths, reduce3x3: 64, reduce5x5: 64, poolProjection: 64 },
    }),
  },
  {
    ...inception,
    id: "convolutionDirect",
    name: "3 × 3 Convolution, 32 to 64 Channels",
    summary: "3·3·32·64 = 18,432 weights.",
    nodes: chain({ image: image(56, 56, 32), conv: plain(64, 3) }),
  },
  {
    ...inception,
    id: "convolutionBottleneck",
    name: "3 × 3 Convolution behind a 1 × 1",
    depth: 2,
    summary: "1·1·32·16 + 3·3·16·64 = 9,728 weights: 47.2 % saved.",
    nodes: chain({ image: image(56, 56, 32), reduce: plain(16, 1), conv: plain(64, 3) }),
  },
  {
    id: "denseBlock",
    name: "Dense Block (5 Layers, k = 4)",
    family: "Lessons",
    year: 2016,
    depth: 5,
    source: "Huang et al. 2016, arXiv:1608.06993, figure 1",
    summary: "Five layers that each read everything before them and add four channels.",
    nodes: chain({
      image: image(32, 32, 6),
      dense: { type: "denseBlock", layers: 5, growthRate: 4, bottleneck: false },
    }),
  },
];
