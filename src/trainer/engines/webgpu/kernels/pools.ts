import type { PoolAttributes } from "../../../graph/operation.ts";
import { nth } from "../../nth.ts";
import type { Kernel, Place, Program } from "./kernel.ts";
import { namedWindow } from "./window.ts";
import { coordinates, eachValue, Numbers } from "./wgsl.ts";

/** The place of a value of the large map by its row and column, in the statements below. */
const inLarge = "((image * height + row) * width + column) * channels + channel";

/** Statements for each value of a window that begins at `(firstRow, firstColumn)`, as far as it lies on the map. */
const inWindow = (statements: string): string => `
  for (var row = max(firstRow, 0); row < min(firstRow + lines, height); row++) {
    for (var column = max(firstColumn, 0); column < min(firstColumn + columns, width); column++) {
      ${statements}
    }
  }`;

/** A program that goes through windows; `each` makes the value number `i` from the window that begins at the corner. */
function forward(x: Place, y: Place, attributes: PoolAttributes, each: string): readonly Program[] {
  const numbers = new Numbers();
  const { names } = namedWindow(numbers, x, y, attributes.size, attributes);
  return [
    eachValue({
      reads: { x },
      writes: { y },
      numbers,
      each: `${names}
  ${coordinates(numbers, y.shape)}
  let firstRow = i32(c1) * strideY - top;
  let firstColumn = i32(c2) * strideX - left;
  let image = i32(c0);
  let channel = i32(c3);
  ${each}`,
    }),
  ];
}

export const maxPool: Kernel<"MaxPool"> = ({ inputs, outputs, attributes }) =>
  forward(
    nth(inputs, 0),
    nth(outputs, 0),
    attributes,
    `var best = -3.4028234663852886e38f;
  ${inWindow(`let v = x[${inLarge}]; if (v > best || isNan(v)) { best = v; }`)}
  y[i] = best;`,
  );

/** The mean of what lies on the map. */
export const averagePool: Kernel<"AvgPool"> = ({ inputs, outputs, attributes }) =>
  forward(
    nth(inputs, 0),
    nth(outputs, 0),
    attributes,
    `var sum = 0f;
  var count = 0f;
  ${inWindow(`sum += x[${inLarge}]; count += 1;`)}
  y[i] = sum / count;`,
  );

/** A program that goes through the large map; `share` adds to `sum` what the window number `at` of the small map gives */
function backward(
  reads: Readonly<Record<string, Place>>,
  dx: Place,
  small: Place,
  attributes: PoolAttributes,
  share: string,
): readonly Program[] {
  const numbers = new Numbers();
  const { names } = namedWindow(numbers, dx, small, attributes.size, attributes);
  return [
    eachValue({
      reads,
      writes: { dx },
      numbers,
      each: `${names}
  ${coordinates(numbers, dx.shape)}
  let image = i32(c0);
  let channel = i32(c3);
  let y = i32(c1) + top;
  let x0 = i32(c2) + left;
  var sum = 0f;
  for (var outRow = max((y - lines + strideY) / strideY, 0); outRow <= min(y / strideY, outHeight - 1); outRow++) {
    for (var outColumn = max((x0 - columns + strideX) / strideX, 0); outColumn <= min(x0 / strideX, outWidth - 1); outColumn++) {
      let firstRow = outRow * strideY - top;
      let firstColumn = outColumn * strideX - left;
      let at = ((image * outHeight + outRow) * outWidth + outColumn) * channels + channel;
      ${share}
    }
  }
  dx[i] = sum;`,
    }),
  ];
}

/** To the first of the largest values of each window. */
export const maxPoolGradient: Kernel<"MaxPoolGrad"> = ({ inputs, outputs, attributes }) => {
  const [x, y, dy] = [nth(inputs, 0), nth(inputs, 1), nth(inputs, 2)];
  return backward(
    { x, largest: y, dy },
    nth(outputs, 0),
    dy,
    attributes,
    `var isFirst = x[i] == largest[at];
      ${inWindow(`let other = u32(${inLarge}); if (other < i && x[other] == largest[at]) { isFirst = false; }`)}
      if (isFirst) { sum += dy[at]; }`,
  );
};

export const averagePoolGradient: Kernel<"AvgPoolGrad"> = ({ inputs, outputs, attributes }) => {
  const dy = nth(inputs, 0);
  return backward(
    { dy },
    nth(outputs, 0),
    dy,
    attributes,
    `let rows = min(firstRow + lines, height) - max(firstRow, 0);
      let across = min(firstColumn + columns, width) - max(firstColumn, 0);
      sum += dy[at] / f32(rows * across);`,
  );
};
