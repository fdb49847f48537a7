import { nth } from "../../nth.ts";
import type { Kernel, Place, Program } from "./kernel.ts";
import { coordinates, eachValue, float, Numbers, placeAt, stretchedPlace } from "./wgsl.ts";

/** Fetches each value of the output from where an expression says, in terms of its coordinates `c0`, `c1`, …. */
function fetch(x: Place, output: Place, from: (numbers: Numbers) => string): readonly Program[] {
  const numbers = new Numbers();
  return [
    eachValue({
      reads: { x },
      writes: { output },
      each: `${coordinates(numbers, output.shape)}\n  output[i] = x[${from(numbers)}];`,
      numbers,
    }),
  ];
}

/** Fetches each value of the output, or gives it a value where its coordinates lie beside the input's. */
function fetchInside(
  x: Place,
  output: Place,
  placesOf: (numbers: Numbers) => readonly string[],
  beside: number,
): readonly Program[] {
  const numbers = new Numbers();
  const at = placesOf(numbers);
  const checks = at.map(
    (_, axis) => `p${axis} >= 0 && p${axis} < ${numbers.signed(nth(x.shape, axis))}`,
  );
  const names = at.map((_, axis) => `u32(p${axis})`);
  return [
    eachValue({
      reads: { x },
      writes: { output },
      each: `${coordinates(numbers, output.shape)}
  ${at.map((place, axis) => `let p${axis} = ${place};`).join(" ")}
  var value = ${float(beside)};
  if (${checks.join(" && ")}) { value = x[${placeAt(numbers, x.shape, names)}]; }
  output[i] = value;`,
      numbers,
    }),
  ];
}

export const broadcastTo: Kernel<"BroadcastTo"> = ({ inputs, outputs }) => {
  const [x, output] = [nth(inputs, 0), nth(outputs, 0)];
  return fetch(x, output, (numbers) => stretchedPlace(numbers, x.shape, output.shape));
};

export const transpose: Kernel<"Transpose"> = ({ inputs, outputs, attributes }) => {
  const x = nth(inputs, 0);
  const at = x.shape.map((_, axis) => `c${attributes.permutation.indexOf(axis)}`);
  return fetch(x, nth(outputs, 0), (numbers) => placeAt(numbers, x.shape, at));
};

/** One program for each input, which puts it where it belongs. */
export const concatenate: Kernel<"ConcatV2"> = ({ inputs, outputs, attributes }) => {
  const output = nth(outputs, 0);
  const axis = (attributes.axis + output.shape.length) % output.shape.length;
  let before = 0;
  return inputs.map((x) => {
    const numbers = new Numbers();
    const start = numbers.of(before);
    const at = x.shape.map((_, place) => (place === axis ? `c${place} + ${start}` : `c${place}`));
    before += nth(x.shape, axis);
    return eachValue({
      reads: { x },
      writes: { output },
      each: `${coordinates(numbers, x.shape)}\n  output[${placeAt(numbers, output.shape, at)}] = x[i];`,
      count: x.count,
      numbers,
    });
  });
};

export const slice: Kernel<"Slice"> = ({ inputs, outputs, attributes: { begin } }) => {
  const x = nth(inputs, 0);
  return fetch(x, nth(outputs, 0), (numbers) =>
    placeAt(
      numbers,
      x.shape,
      begin.map((first, axis) => `c${axis} + ${numbers.of(first)}`),
    ),
  );
};

export const stridedSlice: Kernel<"StridedSlice"> = ({ inputs, outputs, attributes }) => {
  const x = nth(inputs, 0);
  const { begin, strides, wholeAxes } = attributes;
  return fetch(x, nth(outputs, 0), (numbers) => {
    const at = begin.map((given, axis) => {
      const first = wholeAxes.includes(axis) ? 0 : given;
      return `c${axis} * ${numbers.of(nth(strides, axis))} + ${numbers.of(first)}`;
    });
    return placeAt(numbers, x.shape, at);
  });
};

export const pad: Kernel<"PadV2"> = ({ inputs, outputs, attributes: { paddings, value } }) =>
  fetchInside(
    nth(inputs, 0),
    nth(outputs, 0),
    (numbers) => paddings.map(([before], axis) => `i32(c${axis}) - ${numbers.signed(before)}`),
    value,
  );

/** Blocks of pixels become phases, one behind the other along the batch. */
export const spaceToBatch: Kernel<"SpaceToBatchND"> = ({ inputs, outputs, attributes }) => {
  const [x, output] = [nth(inputs, 0), nth(outputs, 0)];
  const { blockShape, paddings } = attributes;
  return fetchInside(
    x,
    output,
    (numbers) => {
      const [height, width] = blockShape.map((extent) => numbers.signed(extent));
      const [top, left] = paddings.map(([before]) => numbers.signed(before));
      const batch = numbers.of(nth(x.shape, 0));
      return [
        `i32(c0 % ${batch})`,
        `i32(c1) * ${height} + i32(c0 / ${batch}) / ${width} - ${top}`,
        `i32(c2) * ${width} + i32(c0 / ${batch}) % ${width} - ${left}`,
        "i32(c3)",
      ];
    },
    0,
  );
};

export const batchToSpace: Kernel<"BatchToSpaceND"> = ({ inputs, outputs, attributes }) => {
  const [x, output] = [nth(inputs, 0), nth(outputs, 0)];
  const { blockShape, crops } = attributes;
  return fetch(x, output, (numbers) => {
    const [height, width] = blockShape.map((extent) => numbers.of(extent));
    const [row, column] = crops.map(([before], axis) => `(c${axis + 1} + ${numbers.of(before)})`);
    const batch = numbers.of(nth(output.shape, 0));
    const at = [
      `(${row} % ${height} * ${width} + ${column} % ${width}) * ${batch} + c0`,
      `${row} / ${height}`,
      `${column} / ${width}`,
      "c3",
    ];
    return placeAt(numbers, x.shape, at);
  });
};
