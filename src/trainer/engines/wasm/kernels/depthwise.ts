import type { Pair } from "../../../../core/layers/option.ts";
import { aligned } from "../regions.ts";
import type { Operand } from "../../shapes.ts";
import { nth } from "../../nth.ts";
import { type Kernel, ranges, spread } from "./kernel.ts";
import { type Window, windowOf } from "../../window.ts";
import { windowNumbers } from "./window.ts";

/** Images of a filter gradient are added up in so many sums, whatever the number of threads, which then changes nothing. */
const filterSums = 8;

const sizeOf = ({ shape }: Operand): Pair => [nth(shape, 0), nth(shape, 1)];

const numbers = (window: Window, multiplier: number): readonly number[] => [
  window.height,
  window.width,
  window.channels,
  multiplier,
  window.outHeight,
  window.outWidth,
  ...windowNumbers(window),
];

export const depthwise: Kernel<"DepthwiseConv2dNative"> = ({
  inputs,
  outputs,
  attributes,
  parts,
}) => {
  const [x, kernel, y] = [nth(inputs, 0), nth(inputs, 1), nth(outputs, 0)];
  const window = windowOf(x.shape, y.shape, sizeOf(kernel), attributes);
  return {
    steps: ({ inputs: given, outputs: made }) => [
      spread(
        "depthwise",
        [...given, ...made, ...numbers(window, nth(kernel.shape, 3))],
        window.batch,
        y.count / window.batch,
        parts,
      ),
    ],
  };
};

export const depthwiseBackpropInput: Kernel<"DepthwiseConv2dNativeBackpropInput"> = ({
  inputs,
  outputs,
  attributes,
  parts,
}) => {
  const [kernel, dy, dx] = [nth(inputs, 0), nth(inputs, 1), nth(outputs, 0)];
  const window = windowOf(dx.shape, dy.shape, sizeOf(kernel), attributes);
  return {
    steps: ({ inputs: [weights = 0, slopes = 0], outputs: made }) => [
      spread(
        "depthwiseInput",
        [slopes, weights, ...made, ...numbers(window, nth(kernel.shape, 3))],
        window.batch,
        dx.count / window.batch,
        parts,
      ),
    ],
  };
};

export const depthwiseBackpropFilter: Kernel<"DepthwiseConv2dNativeBackpropFilter"> = ({
  inputs,
  outputs,
  attributes,
}) => {
  const [x, dy, dw] = [nth(inputs, 0), nth(inputs, 1), nth(outputs, 0)];
  const window = windowOf(x.shape, dy.shape, sizeOf(dw), attributes);
  const sums = ranges(window.batch, filterSums);
  const room = aligned(4 * dw.count);
  return {
    scratch: room * sums.length,
    steps: ({ inputs: given, outputs: [target = 0], scratch }) => [
      sums.map((range, part) => ({
        run: "depthwiseFilter",
        with: [...given, scratch + part * room, ...numbers(window, nth(dw.shape, 3)), ...range],
      })),
      [{ run: "sumColumns", with: [scratch, target, sums.length, room / 4, 1, 0, dw.count] }],
    ],
  };
};
