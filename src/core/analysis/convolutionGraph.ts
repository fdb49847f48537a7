import type { Network, NetworkLayer } from "../network/network.ts";
import type { Product } from "../layers/layer.ts";

/** A convolution with the sizes that its cost depends on. */
export interface Convolution {
  readonly id: string;
  readonly node: string;
  readonly kernel: readonly [height: number, width: number];
  readonly inputs: number;
  readonly outputs: number;
  readonly groups: number;
  /** Positions of the output map. */
  readonly positions: number;
  /** Weights without biases, as a sum of products. */
  readonly weights: readonly Product[];
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
  readonly #byId: ReadonlyMap<string, Convolution>;
  /** The only reader of a layer; `undefined` where it has several. */
  readonly #readers = new Map<string, NetworkLayer | undefined>();

  constructor(network: Network) {
    this.convolutions = network.layers.flatMap((layer) => convolutionOf(layer) ?? []);
    this.#byId = new Map(this.convolutions.map((convolution) => [convolution.id, convolution]));
    for (const layer of network.layers) {
      for (const input of layer.inputs) {
        this.#readers.set(input, this.#readers.has(input) ? undefined : layer);
      }
    }
  }

  /** The convolution that alone reads what leaves this one, past layers that work value by value. */
  next({ id }: Convolution): Convolution | undefined {
    const reader = this.#reader(id);
    return reader && this.#byId.get(reader.id);
  }

  /** True where what leaves a convolution goes into an addition and nowhere else. */
  isAdded({ id }: Convolution): boolean {
    return this.#reader(id)?.type === "add";
  }

  #reader(id: string): NetworkLayer | undefined {
    let reader = this.#readers.get(id);
    while (reader !== undefined && transparent.has(reader.type)) {
      reader = this.#readers.get(reader.id);
    }
    return reader;
  }
}

function convolutionOf(layer: NetworkLayer): Convolution | undefined {
  const { id, node, inference, inputShapes } = layer;
  if (inference === undefined) return undefined;
  const [height = 0, width = 0, outputs = 0] = inference.outputShape;
  const inputs = inputShapes[0]?.[2] ?? 0;
  const common = { id, node, inputs, outputs, positions: height * width };
  const kernels = inference.weights.filter((weight) => weight.shape.length === 4);
  const weights = kernels.map((weight) => weight.shape);
  if (layer.type === "conv2d") {
    return { ...common, kernel: layer.options.kernelSize, groups: layer.options.groups, weights };
  }
  return layer.type === "depthwiseConv2d" || layer.type === "separableConv2d"
    ? { ...common, kernel: layer.options.kernelSize, groups: inputs, weights }
    : undefined;
}
