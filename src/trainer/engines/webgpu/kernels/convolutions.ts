import { nth } from "../../nth.ts";
import type { Kernel } from "./kernel.ts";
import { multiply } from "./product.ts";
import { type NamedWindow, namedWindow } from "./window.ts";
import { Numbers } from "./wgsl.ts";

/** Where a window begins, and the image it lies on. */
const cornerOf = ({ names }: NamedWindow): string => `${names}
  let w = i32(i);
  return vec4i(w / outWidth % outHeight * strideY - top, w % outWidth * strideX - left, w / (outWidth * outHeight), 0);`;

/** A place in a window: row, column and channel. */
const tapOf = ({ names }: NamedWindow): string => `${names}
  let t = i32(i);
  return vec4i(t / (columns * channels), t / channels % columns, t % channels, 0);`;

/** The value of the map `x` at a place in a window; zero beside the map. */
const valueInWindow = ({ names }: NamedWindow, corner: string, tap: string): string => `${names}
  let row = ${corner}.x + ${tap}.x;
  let column = ${corner}.y + ${tap}.y;
  if (row < 0 || row >= height || column < 0 || column >= width) { return 0; }
  return x[((${corner}.z * height + row) * width + column) * channels + ${tap}.z];`;

/** A number that is not taken apart. */
const whole = "return vec4i(i32(i), 0, 0, 0);";

/** Rows are windows, columns are filters, and the sums go over the places in a window. */
export const conv2d: Kernel<"Conv2D"> = ({ inputs, outputs, attributes, scratch }) => {
  const [x, kernel, output] = [nth(inputs, 0), nth(inputs, 1), nth(outputs, 0)];
  const numbers = new Numbers();
  const window = namedWindow(numbers, x, output, kernel.shape, attributes);
  return multiply(
    {
      reads: { x, kernel },
      output,
      rows: window.batch * window.outHeight * window.outWidth,
      columns: window.outChannels,
      inner: window.lines * window.columns * window.channels,
      left: {
        outer: cornerOf(window),
        inner: tapOf(window),
        value: valueInWindow(window, "outer", "inner"),
        along: "inner",
      },
      right: {
        outer: whole,
        inner: whole,
        value: `${window.names} return kernel[inner.x * outChannels + outer.x];`,
        along: "outer",
      },
      numbers,
    },
    scratch,
  );
};

/** Rows are pixels of the input, columns its channels, and the sums go over the filters at each place of a window. */
export const inputGradient: Kernel<"Conv2DBackpropInput"> = ({
  inputs,
  outputs,
  attributes,
  scratch,
}) => {
  const [kernel, dy, output] = [nth(inputs, 0), nth(inputs, 1), nth(outputs, 0)];
  const numbers = new Numbers();
  const window = namedWindow(numbers, output, dy, kernel.shape, attributes);
  const { names } = window;
  const tap = `${names}
  let t = i32(i);
  let place = t / outChannels;
  return vec4i(place / columns, place % columns, t % outChannels, place);`;
  return multiply(
    {
      reads: { kernel, dy },
      output,
      rows: window.batch * window.height * window.width,
      columns: window.channels,
      inner: window.lines * window.columns * window.outChannels,
      left: {
        outer: `${names}
  let p = i32(i);
  return vec4i(p / width % height + top, p % width + left, p / (width * height), 0);`,
        inner: tap,
        value: `${names}
  let row = outer.x - inner.x;
  let column = outer.y - inner.y;
  if (row < 0 || column < 0 || row % strideY != 0 || column % strideX != 0) { return 0; }
  let outRow = row / strideY;
  let outColumn = column / strideX;
  if (outRow >= outHeight || outColumn >= outWidth) { return 0; }
  return dy[((outer.z * outHeight + outRow) * outWidth + outColumn) * outChannels + inner.z];`,
        along: "inner",
      },
      right: {
        outer: whole,
        inner: tap,
        value: `${names} return kernel[(inner.w * channels + outer.x) * outChannels + inner.z];`,
        along: "inner",
      },
      numbers,
    },
    scratch,
  );
};

/** Rows are places in a window, columns are filters, and the sums go over all windows. */
export const kernelGradient: Kernel<"Conv2DBackpropFilter"> = ({
  inputs,
  outputs,
  attributes,
  scratch,
}) => {
  const [x, dy] = [nth(inputs, 0), nth(inputs, 1)];
  const numbers = new Numbers();
  const window = namedWindow(numbers, x, dy, attributes.kernelShape, attributes);
  return multiply(
    {
      reads: { x, dy },
      output: nth(outputs, 0),
      rows: window.lines * window.columns * window.channels,
      columns: window.outChannels,
      inner: window.batch * window.outHeight * window.outWidth,
      left: {
        outer: tapOf(window),
        inner: cornerOf(window),
        value: valueInWindow(window, "inner", "outer"),
        along: "outer",
      },
      right: {
        outer: whole,
        inner: whole,
        value: `${window.names} return dy[inner.x * outChannels + outer.x];`,
        along: "outer",
      },
      numbers,
    },
    scratch,
  );
};

export const matMul: Kernel<"MatMul"> = ({ inputs, outputs, attributes, scratch }) => {
  const { transposeA, transposeB } = attributes;
  const [a, b, output] = [nth(inputs, 0), nth(inputs, 1), nth(outputs, 0)];
  const [rows, columns] = [nth(output.shape, 0), nth(output.shape, 1)];
  const inner = nth(a.shape, transposeA ? 0 : 1);
  const numbers = new Numbers();
  /** A matrix `[inner, extent]`, or turned the other way round. */
  const factor = (name: string, extent: number, innerFirst: boolean) =>
    ({
      outer: whole,
      inner: whole,
      value: innerFirst
        ? `return ${name}[inner.x * ${numbers.signed(extent)} + outer.x];`
        : `return ${name}[outer.x * ${numbers.signed(inner)} + inner.x];`,
      along: innerFirst ? "outer" : "inner",
    }) as const;
  return multiply(
    {
      reads: { a, b },
      output,
      rows,
      columns,
      inner,
      left: factor("a", rows, transposeA),
      right: factor("b", columns, !transposeB),
      numbers,
    },
    scratch,
  );
};
