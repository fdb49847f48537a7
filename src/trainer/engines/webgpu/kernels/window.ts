import type { ConvolutionAttributes } from "../../../graph/operation.ts";
import { nth } from "../../nth.ts";
import { type Window, windowOf } from "../../window.ts";
import type { Place } from "./kernel.ts";
import type { Numbers } from "./wgsl.ts";

/** A window with what its numbers are called in code. */
export interface NamedWindow extends Window {
  readonly outChannels: number;
  /** Statements that give the numbers the names of the fields, and `strideY` and `strideX`, all i32. */
  readonly names: string;
}

/** A window of a size that slides over a large map and makes a small one. */
export function namedWindow(
  numbers: Numbers,
  large: Place,
  small: Place,
  size: readonly number[],
  attributes: ConvolutionAttributes,
): NamedWindow {
  const window = windowOf(large.shape, small.shape, [nth(size, 0), nth(size, 1)], attributes);
  const { strides, ...others } = window;
  const outChannels = nth(small.shape, 3);
  const all = { ...others, outChannels, strideY: strides[0], strideX: strides[1] };
  const names = Object.entries(all)
    .map(([name, value]) => `let ${name} = ${numbers.signed(value)};`)
    .join("\n  ");
  return { ...window, outChannels, names };
}
