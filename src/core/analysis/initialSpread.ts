import { formatNumber } from "../design/words.ts";
import type { Initializer, Weight } from "../layers/layer.ts";
import type { Fans } from "../layers/weight.ts";

/** How far the first values of a weight lie apart. */
export interface InitialSpread {
  /** `uniform`: between −value and value; `normal`: truncated at two deviations of `value`; `constant`: all are `value`. */
  readonly distribution: "uniform" | "normal" | "constant";
  readonly value: number;
  /** With the weight's own fans: `√(6 / (25 + 150)) = 0.185`; empty for a constant. */
  readonly formula: string;
}

/** Inputs and outputs of one unit; a weight without fans of its own counts its first and last extent. */
export function fansOf({ fans, shape }: Weight): Fans {
  return fans ?? [shape[0] ?? 1, shape.at(-1) ?? 1];
}

function root(
  numerator: number,
  divisor: number,
  words: string,
): Omit<InitialSpread, "distribution"> {
  const value = Math.sqrt(numerator / divisor);
  return { value, formula: `√(${numerator} / ${words}) = ${Number(value.toPrecision(3))}` };
}

const sum = ([fanIn, fanOut]: Fans): string => `(${formatNumber(fanIn)} + ${formatNumber(fanOut)})`;

const spreads: Readonly<Record<Initializer, (fans: Fans) => InitialSpread>> = {
  zeros: () => ({ distribution: "constant", value: 0, formula: "" }),
  ones: () => ({ distribution: "constant", value: 1, formula: "" }),
  glorotUniform: (fans) => ({
    distribution: "uniform",
    ...root(6, fans[0] + fans[1], sum(fans)),
  }),
  glorotNormal: (fans) => ({ distribution: "normal", ...root(2, fans[0] + fans[1], sum(fans)) }),
  heUniform: ([fanIn]) => ({ distribution: "uniform", ...root(6, fanIn, formatNumber(fanIn)) }),
  heNormal: ([fanIn]) => ({ distribution: "normal", ...root(2, fanIn, formatNumber(fanIn)) }),
};

/** Spread that the initialiser of a weight gives it (Glorot and Bengio 2010, He et al. 2015). */
export function initialSpread(weight: Weight): InitialSpread {
  return spreads[weight.initializer](fansOf(weight));
}
