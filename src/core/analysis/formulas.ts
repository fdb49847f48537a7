import { formatNumber } from "../design/words.ts";
import type { AxisWindow, Inference, Product, Weight, Window } from "../layers/layer.ts";
import type { Shape } from "../layers/shape.ts";

/** The formulas of one layer as text; empty where there is nothing to count. */
export interface Formulas {
  readonly parameters: string;
  readonly macs: string;
  readonly output: string;
}

/** Value of a product of factors. */
export function productOf(factors: Product): number {
  return factors.reduce((product, factor) => product * factor, 1);
}

/** Value of a sum of products. */
export function sumOf(products: readonly Product[]): number {
  return products.reduce((sum, product) => sum + productOf(product), 0);
}

/** `5·5·6·16 + 16 = 2,416`: a sum of products with its value, empty without any. */
export function formatSum(products: readonly Product[]): string {
  if (products.length === 0) return "";
  const terms = products.map((factors) => factors.map(formatFactor).join("·")).join(" + ");
  const value = formatNumber(sumOf(products));
  return terms === value ? value : `${terms} = ${value}`;
}

/** Most factors are small, and thousands of them are written at every change of a design. */
function formatFactor(factor: number): string {
  return factor < 1000 ? String(factor) : formatNumber(factor);
}

/** The formulas of a layer with its own numbers in them. */
export function formulasOf(input: Shape | undefined, inference: Inference): Formulas {
  return {
    parameters: formatSum(weightProducts(inference.weights)),
    macs: formatSum(inference.macs),
    output: outputFormula(input, inference.window, inference.outputShape),
  };
}

/** Shapes of weights as products; equal vectors side by side (gamma, beta) as one: `2·64`. */
function weightProducts(weights: readonly Weight[]): readonly Product[] {
  const products: Product[] = [];
  for (let index = 0; index < weights.length;) {
    const weight = weights[index];
    if (weight === undefined) break;
    const end = weights.findIndex((other, place) => place > index && !isAlike(weight, other));
    const count = (end === -1 ? weights.length : end) - index;
    products.push(count === 1 ? weight.shape : [count, ...weight.shape]);
    index += count;
  }
  return products;
}

function isAlike(one: Weight, other: Weight): boolean {
  return (
    one.trainable === other.trainable &&
    one.shape.length === 1 &&
    one.shape.join() === other.shape.join()
  );
}

function outputFormula(input: Shape | undefined, window: Window, output: Shape): string {
  if (window.type !== "local" || input === undefined || output.length !== 3) return "";
  const [inputHeight = 0, inputWidth = 0] = input;
  const [height = 0, width = 0] = output;
  const vertical = axisFormula(inputHeight, window.height, height);
  const horizontal = axisFormula(inputWidth, window.width, width);
  return vertical === horizontal ? vertical : [vertical, horizontal].filter(Boolean).join("; ");
}

/** `(32 − 5 + 2·0)/1 + 1 = 28`, rounded as it was where the division leaves a rest. */
function axisFormula(extent: number, window: AxisWindow, output: number): string {
  const { size, stride, dilation, padding, paddingAfter } = window;
  if (size === 1 && stride === 1 && padding === 0 && paddingAfter === 0) return "";
  const kernel = dilation === 1 ? String(size) : `(${dilation}·(${size} − 1) + 1)`;
  const around = padding === paddingAfter ? `2·${padding}` : `${padding} + ${paddingAfter}`;
  const steps = `(${extent} − ${kernel} + ${around})/${stride}`;
  const exact = (extent - dilation * (size - 1) - 1 + padding + paddingAfter) / stride;
  if (Number.isInteger(exact)) return `${steps} + 1 = ${output}`;
  return output === Math.floor(exact) + 1
    ? `⌊${steps}⌋ + 1 = ${output}`
    : `⌈${steps}⌉ + 1 = ${output}`;
}
