import type { Inference, Product } from "../layers/layer.ts";
import type { Network, NetworkLayer } from "../network/network.ts";
import { type OnlyReaders, onlyReaders } from "../network/onlyReaders.ts";

/** The sizes of a convolution that its cost depends on; copies of a block share it. */
export interface ConvolutionSizes {
  readonly kernel: readonly [height: number, width: number];
  readonly inputs: number;
  readonly outputs: number;
  readonly groups: number;
  /** Positions of the output map. */
  readonly positions: number;
  /** Weights without biases, as a sum of products. */
  readonly weights: readonly Product[];
}

/** A convolution of a network. */
export interface Convolution {
  readonly id: string;
  /** Place among the layers of the network. */
  readonly index: number;
  readonly node: string;
  readonly sizes: ConvolutionSizes;
}

/** Kinds of layers that work value by value and may stand between two convolutions of one part. */
const transparent: ReadonlySet<NetworkLayer["type"]> = new Set([
  "activation",
  "batchNormalization",
  "dropout",
  "spatialDropout2d",
  "prelu",
  "zeroPadding2d",
]);

/** The convolutions of a network and which alone reads which. */
export class ConvolutionGraph {
  readonly convolutions: readonly Convolution[];
  readonly #byPlace: readonly (Convolution | undefined)[];
  readonly #readers: OnlyReaders;

  constructor(network: Network) {
    this.#byPlace = network.layers.map((layer) => {
      const sizes = sizesOf(layer);
      return sizes && { id: layer.id, index: layer.index, node: layer.node, sizes };
    });
    this.convolutions = this.#byPlace.filter((convolution) => convolution !== undefined);
    this.#readers = onlyReaders(network);
  }

  /** The convolution that alone reads what leaves this one, past layers that work value by value. */
  next({ index }: Convolution): Convolution | undefined {
    return this.#byPlace[this.#reader(index)?.index ?? -1];
  }

  /** True where what leaves a convolution goes into an addition and nowhere else. */
  isAdded({ index }: Convolution): boolean {
    return this.#reader(index)?.type === "add";
  }

  #reader(index: number): NetworkLayer | undefined {
    let reader = this.#readers[index];
    while (typeof reader === "object" && transparent.has(reader.type)) {
      reader = this.#readers[reader.index];
    }
    return typeof reader === "object" ? reader : undefined;
  }
}

const known = new WeakMap<Inference, ConvolutionSizes>();

function sizesOf(layer: NetworkLayer): ConvolutionSizes | undefined {
  const { type, inference, inputShapes } = layer;
  if (inference === undefined) return undefined;
  if (type !== "conv2d" && type !== "depthwiseConv2d" && type !== "separableConv2d") {
    return undefined;
  }
  const before = known.get(inference);
  if (before !== undefined) return before;
  const [height = 0, width = 0, outputs = 0] = inference.outputShape;
  const inputs = inputShapes[0]?.[2] ?? 0;
  const sizes = {
    kernel: layer.options.kernelSize,
    inputs,
    outputs,
    groups: layer.type === "conv2d" ? layer.options.groups : inputs,
    positions: height * width,
    weights: inference.weights.map(({ shape }) => shape).filter((shape) => shape.length === 4),
  };
  known.set(inference, sizes);
  return sizes;
}
