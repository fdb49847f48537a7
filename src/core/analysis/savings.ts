import type { Product } from "../layers/layer.ts";
import type { Network, NetworkLayerOf, NetworkLayer } from "../network/network.ts";
import type { Saving } from "./analysis.ts";
import { formatSum, productOf, sumOf } from "./formulas.ts";

/** A convolution with the sizes that its cost depends on. */
interface Convolution {
  readonly layer: NetworkLayerOf<"conv2d">;
  readonly kernel: readonly [height: number, width: number];
  readonly inputs: number;
  readonly outputs: number;
  /** Positions of the output map. */
  readonly positions: number;
  readonly groups: number;
}

/** Finds every part that does the work of a plain convolution for less; each layer counts once. */
export function findSavings(network: Network): readonly Saving[] {
  const finder = new Finder(network);
  return finder.find();
}

/** Kinds of layers that work value by value and may stand between two convolutions of one pattern. */
const transparent: ReadonlySet<NetworkLayer["type"]> = new Set([
  "activation",
  "batchNormalization",
  "dropout",
  "zeroPadding2d",
]);

class Finder {
  readonly #network: Network;
  /** The only reader of a layer; `undefined` where it has several. */
  readonly #reader = new Map<string, NetworkLayer | undefined>();
  readonly #used = new Set<string>();
  readonly #savings: Saving[] = [];

  constructor(network: Network) {
    this.#network = network;
    for (const layer of network.layers) {
      for (const input of layer.inputs) {
        this.#reader.set(input, this.#reader.has(input) ? undefined : layer);
      }
    }
  }

  find(): readonly Saving[] {
    for (const pattern of [this.#bottleneck, this.#factorized, this.#reduction, this.#grouped]) {
      for (const layer of this.#network.layers) {
        const first = convolutionOf(layer);
        if (first !== undefined && !this.#used.has(layer.id)) pattern.call(this, first);
      }
    }
    return this.#savings;
  }

  /** 1 × 1, 3 × 3, 1 × 1 of a residual unit against the two 3 × 3 at the width that leaves it. */
  #bottleneck(first: Convolution): void {
    const second = isPoint(first) ? this.#next(first) : undefined;
    const third = second === undefined || isPoint(second) ? undefined : this.#next(second);
    if (second === undefined || third === undefined || !isPoint(third)) return;
    if (third.outputs <= second.outputs || !this.#isAdded(third.layer)) return;
    const area = [...second.kernel];
    this.#report(
      "bottleneck",
      [first, second, third],
      [
        [...area, first.inputs, third.outputs],
        [...area, third.outputs, third.outputs],
      ],
    );
  }

  /** 1 × n and n × 1 against n × n. */
  #factorized(first: Convolution): void {
    const second = this.#next(first);
    if (second === undefined || first.groups !== 1 || second.groups !== 1) return;
    const [oneHeight, oneWidth] = first.kernel;
    const [otherHeight, otherWidth] = second.kernel;
    const crosses =
      oneHeight * otherWidth === 1
        ? oneWidth > 1 && otherHeight > 1
        : oneWidth * otherHeight === 1 && oneHeight > 1 && otherWidth > 1;
    if (!crosses) return;
    const area = [Math.max(oneHeight, otherHeight), Math.max(oneWidth, otherWidth)];
    this.#report("factorized", [first, second], [[...area, first.inputs, second.outputs]]);
  }

  /** A 1 × 1 that narrows the map before a larger filter. */
  #reduction(first: Convolution): void {
    if (!isPoint(first) || first.groups !== 1 || first.outputs >= first.inputs) return;
    const second = this.#next(first);
    if (second === undefined || isPoint(second) || second.groups !== 1) return;
    this.#report("reduction", [first, second], [[...second.kernel, first.inputs, second.outputs]]);
  }

  /** Groups against one convolution over all channels. */
  #grouped(only: Convolution): void {
    if (only.groups === 1) return;
    this.#report("grouped", [only], [[...only.kernel, only.inputs, only.outputs]]);
  }

  /** The convolution that alone reads what leaves this one, past layers that work value by value. */
  #next({ layer }: Convolution): Convolution | undefined {
    let reader = this.#reader.get(layer.id);
    while (reader !== undefined && transparent.has(reader.type))
      reader = this.#reader.get(reader.id);
    const next = reader && convolutionOf(reader);
    return next === undefined || this.#used.has(next.layer.id) ? undefined : next;
  }

  #isAdded(layer: NetworkLayer): boolean {
    let reader = this.#reader.get(layer.id);
    while (reader !== undefined && transparent.has(reader.type))
      reader = this.#reader.get(reader.id);
    return reader?.type === "add";
  }

  #report(kind: Saving["kind"], parts: readonly Convolution[], plain: readonly Product[]): void {
    const last = parts.at(-1);
    if (last === undefined) return;
    const actual = parts.map(({ kernel, inputs, outputs, groups }) => [
      ...kernel,
      inputs / groups,
      outputs,
    ]);
    for (const { layer } of parts) this.#used.add(layer.id);
    this.#savings.push({
      kind,
      node: last.layer.node,
      layers: parts.map(({ layer }) => layer.id),
      plain: {
        parameters: sumOf(plain),
        macs: last.positions * sumOf(plain),
        formula: formatSum(plain),
      },
      actual: {
        parameters: sumOf(actual),
        macs: parts.reduce(
          (sum, part, index) => sum + part.positions * productOf(actual[index] ?? []),
          0,
        ),
        formula: formatSum(actual),
      },
    });
  }
}

function isPoint({ kernel }: Convolution): boolean {
  return kernel[0] === 1 && kernel[1] === 1;
}

function convolutionOf(layer: NetworkLayer): Convolution | undefined {
  if (layer.type !== "conv2d" || layer.inference === undefined) return undefined;
  const [height = 0, width = 0, outputs = 0] = layer.inference.outputShape;
  const { kernelSize, groups } = layer.options;
  return {
    layer,
    kernel: kernelSize,
    inputs: layer.inputShapes[0]?.[2] ?? 0,
    outputs,
    positions: height * width,
    groups,
  };
}
