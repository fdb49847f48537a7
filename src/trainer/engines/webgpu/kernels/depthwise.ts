import { nth } from "../../nth.ts";
import type { Kernel } from "./kernel.ts";
import { namedWindow } from "./window.ts";
import { reduce } from "./reduce.ts";
import { coordinates, eachValue, Numbers } from "./wgsl.ts";

/** Each channel by itself: filter `m` of channel `c` makes channel `c · multiplier + m`. */
export const depthwise: Kernel<"DepthwiseConv2dNative"> = ({ inputs, outputs, attributes }) => {
  const [x, kernel, output] = [nth(inputs, 0), nth(inputs, 1), nth(outputs, 0)];
  const numbers = new Numbers();
  const { names } = namedWindow(numbers, x, output, kernel.shape, attributes);
  return [
    eachValue({
      reads: { x, kernel },
      writes: { output },
      numbers,
      each: `${names}
  ${coordinates(numbers, output.shape)}
  let channel = i32(c3) / ${numbers.signed(nth(kernel.shape, 3))};
  var sum = 0f;
  for (var line = 0; line < lines; line++) {
    let row = i32(c1) * strideY - top + line;
    if (row < 0 || row >= height) { continue; }
    for (var k = 0; k < columns; k++) {
      let column = i32(c2) * strideX - left + k;
      if (column < 0 || column >= width) { continue; }
      sum += x[((i32(c0) * height + row) * width + column) * channels + channel]
        * kernel[(line * columns + k) * outChannels + i32(c3)];
    }
  }
  output[i] = sum;`,
    }),
  ];
};

export const depthwiseInputGradient: Kernel<"DepthwiseConv2dNativeBackpropInput"> = ({
  inputs,
  outputs,
  attributes,
}) => {
  const [kernel, dy, output] = [nth(inputs, 0), nth(inputs, 1), nth(outputs, 0)];
  const numbers = new Numbers();
  const { names } = namedWindow(numbers, output, dy, kernel.shape, attributes);
  const multiplier = numbers.signed(nth(kernel.shape, 3));
  return [
    eachValue({
      reads: { kernel, dy },
      writes: { output },
      numbers,
      each: `${names}
  ${coordinates(numbers, output.shape)}
  var sum = 0f;
  for (var line = 0; line < lines; line++) {
    let y = i32(c1) + top - line;
    if (y < 0 || y % strideY != 0 || y / strideY >= outHeight) { continue; }
    for (var k = 0; k < columns; k++) {
      let x = i32(c2) + left - k;
      if (x < 0 || x % strideX != 0 || x / strideX >= outWidth) { continue; }
      let pixel = ((i32(c0) * outHeight + y / strideY) * outWidth + x / strideX) * outChannels;
      for (var m = i32(c3) * ${multiplier}; m < (i32(c3) + 1) * ${multiplier}; m++) {
        sum += dy[pixel + m] * kernel[(line * columns + k) * outChannels + m];
      }
    }
  }
  output[i] = sum;`,
    }),
  ];
};

/** One sum over all windows for each value of the kernel. */
export const depthwiseKernelGradient: Kernel<"DepthwiseConv2dNativeBackpropFilter"> = ({
  inputs,
  outputs,
  attributes,
  scratch,
}) => {
  const [x, dy] = [nth(inputs, 0), nth(inputs, 1)];
  const numbers = new Numbers();
  const { names, batch, outHeight, outWidth } = namedWindow(
    numbers,
    x,
    dy,
    attributes.kernelShape,
    attributes,
  );
  return reduce(
    {
      reads: { x, dy },
      output: nth(outputs, 0),
      terms: batch * outHeight * outWidth,
      numbers,
      term: `${names}
  let tap = i32(o) / outChannels;
  let m = i32(o) % outChannels;
  let w = i32(r);
  let row = w / outWidth % outHeight * strideY - top + tap / columns;
  let column = w % outWidth * strideX - left + tap % columns;
  if (row < 0 || row >= height || column < 0 || column >= width) { return 0; }
  let channel = m / ${numbers.signed(nth(attributes.kernelShape, 3))};
  return x[((w / (outWidth * outHeight) * height + row) * width + column) * channels + channel]
    * dy[w * outChannels + m];`,
      along: "sums",
    },
    scratch,
  );
};
