import { nth } from "../../nth.ts";
import type { Kernel, Place, Program } from "./kernel.ts";
import { coordinates, eachValue, float, Numbers } from "./wgsl.ts";

/** Names of the two axes of an image. */
type Axis = "row" | "column";

interface Sizes {
  readonly small: number;
  readonly large: number;
}

const sizes = (
  { shape: small }: Place,
  { shape: large }: Place,
): Readonly<Record<Axis, Sizes>> => ({
  row: { small: nth(small, 1), large: nth(large, 1) },
  column: { small: nth(small, 2), large: nth(large, 2) },
});

/** How a place of the resized image is made: from the place before its centre and the one after, by half-pixel centres. */
const functionsOf = (axes: Readonly<Record<Axis, Sizes>>): string =>
  Object.entries(axes)
    .map(
      ([axis, { small, large }]) => `
fn ${axis}Centre(place: u32) -> f32 { return (f32(place) + 0.5) * ${float(small / large)}; }
fn ${axis}Nearest(place: u32) -> u32 { return min(u32(${axis}Centre(place)), ${small - 1}u); }
fn ${axis}Before(place: u32) -> u32 { return u32(clamp(floor(${axis}Centre(place) - 0.5), 0, ${float(small - 1)})); }
fn ${axis}After(place: u32) -> u32 { return u32(clamp(ceil(${axis}Centre(place) - 0.5), 0, ${float(small - 1)})); }
fn ${axis}Share(place: u32) -> f32 { return fract(${axis}Centre(place) - 0.5); }
// What of a place in the resized image comes from a place in the other.
fn ${axis}Weight(place: u32, source: u32) -> f32 {
  let share = ${axis}Share(place);
  return select(0, 1 - share, ${axis}Before(place) == source) + select(0, share, ${axis}After(place) == source);
}
// The places in the resized image that may come from a place in the other.
fn ${axis}First(source: u32) -> u32 {
  return select(u32(max((f32(source) - 0.5) * ${float(large / small)} - 1, 0)), 0u, source == 0u);
}
fn ${axis}Last(source: u32) -> u32 {
  return select(min(u32((f32(source) + 1.5) * ${float(large / small)} + 1), ${large - 1}u), ${large - 1}u, source == ${small - 1}u);
}`,
    )
    .join("\n");

/** The value of an image of a shape at expressions for its row and column. */
const valueAt = (image: string, { shape }: Place, row: string, column: string): string =>
  `${image}[((c0 * ${shape[1]}u + ${row}) * ${shape[2]}u + ${column}) * ${shape[3]}u + c3]`;

/** A program that makes an image of another; `value` is an expression, after the statements before it. */
const resized = (
  from: Place,
  to: Place,
  axes: Readonly<Record<Axis, Sizes>>,
  value: string,
  before = "",
): readonly Program[] => {
  const numbers = new Numbers();
  return [
    eachValue({
      reads: { x: from },
      writes: { y: to },
      functions: functionsOf(axes),
      each: `${coordinates(numbers, to.shape)}\n  ${before}\n  y[i] = ${value};`,
      numbers,
    }),
  ];
};

export const resizeNearest: Kernel<"ResizeNearestNeighbor"> = ({ inputs, outputs }) => {
  const [x, y] = [nth(inputs, 0), nth(outputs, 0)];
  return resized(x, y, sizes(x, y), valueAt("x", x, "rowNearest(c1)", "columnNearest(c2)"));
};

export const resizeBilinear: Kernel<"ResizeBilinear"> = ({ inputs, outputs }) => {
  const [x, y] = [nth(inputs, 0), nth(outputs, 0)];
  const along = (row: string): string =>
    `mix(${valueAt("x", x, row, "columnBefore(c2)")}, ${valueAt("x", x, row, "columnAfter(c2)")}, columnShare(c2))`;
  return resized(
    x,
    y,
    sizes(x, y),
    `mix(${along("rowBefore(c1)")}, ${along("rowAfter(c1)")}, rowShare(c1))`,
  );
};

/** Adds up what each value of the larger image has of a value of the smaller one. */
function gathered(dy: Place, dx: Place, weight: (axis: Axis, place: string, of: string) => string) {
  return resized(
    dy,
    dx,
    sizes(dx, dy),
    "sum",
    `var sum = 0f;
  for (var row = rowFirst(c1); row <= rowLast(c1); row++) {
    for (var column = columnFirst(c2); column <= columnLast(c2); column++) {
      sum += ${valueAt("x", dy, "row", "column")} * ${weight("row", "row", "c1")} * ${weight("column", "column", "c2")};
    }
  }`,
  );
}

export const resizeNearestGradient: Kernel<"ResizeNearestNeighborGrad"> = ({ inputs, outputs }) =>
  gathered(
    nth(inputs, 0),
    nth(outputs, 0),
    (axis, place, of) => `select(0f, 1f, ${axis}Nearest(${place}) == ${of})`,
  );

export const resizeBilinearGradient: Kernel<"ResizeBilinearGrad"> = ({ inputs, outputs }) =>
  gathered(nth(inputs, 0), nth(outputs, 0), (axis, place, of) => `${axis}Weight(${place}, ${of})`);
