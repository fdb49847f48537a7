import type { Activation } from "../layers/activations.ts";
import type { Pair } from "../layers/option.ts";
import type { Fragment } from "./block.ts";
import { FragmentChain } from "./fragmentChain.ts";

/** One convolution of a branch; those with 0 filters are left out. Steps above 1 go without padding. */
type Convolution = readonly [
  id: string,
  filters: number,
  kernelSize: number | Pair,
  strides?: number,
];

interface Style {
  readonly normalization: boolean;
  readonly scale: boolean;
  readonly epsilon: number;
  readonly activation: Activation;
}

/** An inception module while its branches are put together. */
export class InceptionChain {
  readonly #chain = new FragmentChain();
  readonly #branches: string[] = [];
  readonly #style: Style;

  constructor(style: Style) {
    this.#style = style;
  }

  /** A branch of convolutions in a row; `split` ends it in a 1 × 3 and a 3 × 1 side by side. */
  branch(
    convolutions: readonly Convolution[],
    split?: readonly [id: string, filters: number],
  ): void {
    // A branch is left out by the width of its last convolution.
    if ((split?.[1] ?? convolutions.at(-1)?.[1]) === 0) return;
    let from = "input";
    for (const convolution of convolutions) {
      if (convolution[1] > 0) from = this.#convolve(convolution, from);
    }
    if (split === undefined) {
      this.#branches.push(from);
      return;
    }
    const [id, filters] = split;
    this.#branches.push(
      this.#convolve([`${id}_1x3`, filters, [1, 3]], from),
      this.#convolve([`${id}_3x1`, filters, [3, 1]], from),
    );
  }

  /** A pool that keeps the size, with a 1 × 1 projection behind it where it has filters. */
  pool(type: "maxPooling2d" | "averagePooling2d", projection: number): void {
    const pool = this.#chain.add(
      "pool",
      type,
      { poolSize: 3, strides: 1, padding: "same" },
      "input",
    );
    this.#branches.push(
      projection === 0 ? pool : this.#convolve(["poolProjection", projection, 1], pool),
    );
  }

  /** A pool that halves the size beside convolutions that do. */
  reducingPool(): void {
    this.#branches.push(
      this.#chain.add("pool", "maxPooling2d", { poolSize: 3, strides: 2 }, "input"),
    );
  }

  finish(): Fragment {
    const [only, ...others] = this.#branches;
    const output =
      only !== undefined && others.length === 0
        ? only
        : this.#chain.add("output", "concatenate", {}, this.#branches);
    return { nodes: this.#chain.nodes, output };
  }

  #convolve([id, filters, kernelSize, strides = 1]: Convolution, from: string): string {
    const { normalization, scale, epsilon, activation } = this.#style;
    const padding = strides === 1 ? "same" : "valid";
    const common = { filters, kernelSize, strides, padding };
    if (!normalization) return this.#chain.add(id, "conv2d", { ...common, activation }, from);
    this.#chain.add(id, "conv2d", { ...common, useBias: false }, from);
    this.#chain.add(`${id}_bn`, "batchNormalization", { epsilon, scale });
    return this.#chain.activate(`${id}_${activation}`, activation);
  }
}
