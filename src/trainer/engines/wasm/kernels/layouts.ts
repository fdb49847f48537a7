import type { AxisPairs, TensorShape } from "../../../graph/operation.ts";
import { merged, padded } from "./elementwise.ts";
import { nth } from "../../nth.ts";
import { type Kernel, type Step, spread, vectors, view } from "./kernel.ts";

/** A box inside a dense tensor, or a walk through it: where it begins and how far each axis goes, in values. */
interface Walk {
  readonly start: number;
  readonly strides: readonly number[];
}

const stridesOf = (shape: TensorShape): readonly number[] =>
  shape.map((_, axis) => shape.slice(axis + 1).reduce((product, extent) => product * extent, 1));

/** The box of a dense tensor that begins at `begin`, taking every `steps`-th value. */
function box(shape: TensorShape, begin: readonly number[], steps?: readonly number[]): Walk {
  const strides = stridesOf(shape);
  return {
    start: strides.reduce((sum, stride, axis) => sum + stride * nth(begin, axis), 0),
    strides:
      steps === undefined ? strides : strides.map((stride, axis) => stride * nth(steps, axis)),
  };
}

const whole = (shape: TensorShape): Walk => ({ start: 0, strides: stridesOf(shape) });

/** The calls that copy a box of `extents`. */
function copy(
  extents: TensorShape,
  [from, source]: readonly [number, Walk],
  [to, target]: readonly [number, Walk],
  parts: number,
): Step {
  if (extents.some((extent) => extent <= 0)) {
    return [];
  }
  const axes = padded(
    merged(
      extents.map((extent, axis) => ({
        extent,
        strides: [nth(source.strides, axis), nth(target.strides, axis)],
      })),
    ),
    4,
  );
  const sizes = axes.map(({ extent }) => extent);
  const count = sizes.reduce((product, extent) => product * extent, 1);
  return spread(
    "copy",
    [
      from + 4 * source.start,
      to + 4 * target.start,
      ...sizes.slice(1),
      ...axes.map(({ strides }) => nth(strides, 0)),
      ...axes.map(({ strides }) => nth(strides, 1)),
    ],
    nth(sizes, 0),
    count / nth(sizes, 0),
    parts,
  );
}

const fill = (to: number, value: number, count: number, parts: number): Step =>
  spread("fill", [to, value], vectors(count), 4, parts);

export const reshape: Kernel<"Reshape"> = () => view;
export const identity: Kernel<"Identity"> = () => view;

export const transpose: Kernel<"Transpose"> = ({ inputs, outputs, attributes, parts }) => {
  const { shape } = nth(inputs, 0);
  const strides = stridesOf(shape);
  const walk = {
    start: 0,
    strides: attributes.permutation.map((axis) => nth(strides, axis)),
  };
  const result = nth(outputs, 0).shape;
  return {
    steps: ({ inputs: [from = 0], outputs: [to = 0] }) => [
      copy(result, [from, walk], [to, whole(result)], parts),
    ],
  };
};

export const concatenate: Kernel<"ConcatV2"> = ({ inputs, outputs, attributes, parts }) => {
  const result = nth(outputs, 0).shape;
  let start = 0;
  const starts = inputs.map(({ shape }) => {
    const begin = result.map((_, axis) => (axis === attributes.axis ? start : 0));
    start += nth(shape, attributes.axis);
    return begin;
  });
  return {
    steps: ({ inputs: given, outputs: [to = 0] }) => [
      inputs.flatMap(({ shape }, index) =>
        copy(
          shape,
          [nth(given, index), whole(shape)],
          [to, box(result, nth(starts, index))],
          parts,
        ),
      ),
    ],
  };
};

export const slice: Kernel<"Slice"> = ({ inputs, outputs, attributes, parts }) => {
  const { shape } = nth(inputs, 0);
  const result = nth(outputs, 0).shape;
  return {
    steps: ({ inputs: [from = 0], outputs: [to = 0] }) => [
      copy(result, [from, box(shape, attributes.begin)], [to, whole(result)], parts),
    ],
  };
};

export const stridedSlice: Kernel<"StridedSlice"> = ({ inputs, outputs, attributes, parts }) => {
  const { shape } = nth(inputs, 0);
  const result = nth(outputs, 0).shape;
  const { begin, strides, wholeAxes } = attributes;
  const walk = box(
    shape,
    begin.map((start, axis) => (wholeAxes.includes(axis) ? 0 : start)),
    strides,
  );
  return {
    steps: ({ inputs: [from = 0], outputs: [to = 0] }) => [
      copy(result, [from, walk], [to, whole(result)], parts),
    ],
  };
};

export const pad: Kernel<"PadV2"> = ({ inputs, outputs, attributes, parts }) => {
  const { shape } = nth(inputs, 0);
  const result = nth(outputs, 0);
  const { paddings, value } = attributes;
  return {
    steps: ({ inputs: [from = 0], outputs: [to = 0] }) => [
      fill(to, value, result.count, parts),
      copy(shape, [from, whole(shape)], [to, box(result.shape, befores(paddings))], parts),
    ],
  };
};

const befores = (paddings: AxisPairs): readonly number[] => paddings.map(([before]) => before);

export const broadcastTo: Kernel<"BroadcastTo"> = ({ inputs, outputs, parts }) => {
  const { shape } = nth(inputs, 0);
  const result = nth(outputs, 0).shape;
  const own = stridesOf(shape);
  const lead = result.length - shape.length;
  const walk = {
    start: 0,
    strides: result.map((_, axis) => ((shape[axis - lead] ?? 1) === 1 ? 0 : nth(own, axis - lead))),
  };
  return {
    steps: ({ inputs: [from = 0], outputs: [to = 0] }) => [
      copy(result, [from, walk], [to, whole(result)], parts),
    ],
  };
};

/** The pixels of one phase of a block along one axis: how many there are, and where the first is in both tensors. */
function phase(
  extent: number,
  block: number,
  offset: number,
  before: number,
): { readonly first: number; readonly inPhase: number; readonly count: number } {
  // Pixel `p` of the map is at `(p + before) / block` of the phase `(p + before) % block`.
  const first = (((offset - before) % block) + block) % block;
  return {
    first,
    inPhase: (first + before - offset) / block,
    count: Math.max(0, Math.ceil((extent - first) / block)),
  };
}

/** Copies between a map and the phases of it that lie in the batch. */
function phases(
  [map, spread4]: readonly [TensorShape, TensorShape],
  block: readonly [number, number],
  before: readonly [number, number],
  [mapAddress, phaseAddress]: readonly [number, number],
  toPhases: boolean,
  parts: number,
): Step {
  const [batch = 0, height = 0, width = 0, channels = 0] = map;
  const calls: Step[] = [];
  for (let row = 0; row < block[0]; row += 1) {
    for (let column = 0; column < block[1]; column += 1) {
      const rows = phase(height, block[0], row, before[0]);
      const columns = phase(width, block[1], column, before[1]);
      const inMap = box(map, [0, rows.first, columns.first, 0], [1, ...block, 1]);
      const number = row * block[1] + column;
      const inPhases = box(spread4, [number * batch, rows.inPhase, columns.inPhase, 0]);
      const extents = [batch, rows.count, columns.count, channels];
      const ends = [
        [mapAddress, inMap],
        [phaseAddress, inPhases],
      ] as const;
      calls.push(
        toPhases ? copy(extents, ends[0], ends[1], parts) : copy(extents, ends[1], ends[0], parts),
      );
    }
  }
  return calls.flat();
}

export const spaceToBatch: Kernel<"SpaceToBatchND"> = ({ inputs, outputs, attributes, parts }) => {
  const [map, result] = [nth(inputs, 0), nth(outputs, 0)];
  const { blockShape, paddings } = attributes;
  const before = [nth(paddings, 0)[0], nth(paddings, 1)[0]] as const;
  return {
    steps: ({ inputs: [from = 0], outputs: [to = 0] }) => [
      fill(to, 0, result.count, parts),
      phases([map.shape, result.shape], blockShape, before, [from, to], true, parts),
    ],
  };
};

export const batchToSpace: Kernel<"BatchToSpaceND"> = ({ inputs, outputs, attributes, parts }) => {
  const [spread4, map] = [nth(inputs, 0), nth(outputs, 0)];
  const { blockShape, crops } = attributes;
  const before = [nth(crops, 0)[0], nth(crops, 1)[0]] as const;
  return {
    steps: ({ inputs: [from = 0], outputs: [to = 0] }) => [
      phases([map.shape, spread4.shape], blockShape, before, [to, from], false, parts),
    ],
  };
};

export const cast: Kernel<"Cast"> = ({ inputs, outputs, attributes, parts }) => {
  const from = nth(inputs, 0).dataType;
  if (from === attributes.to) {
    return view;
  }
  if (attributes.to !== "float32") {
    throw new Error(`a cast from ${from} to ${attributes.to}`);
  }
  return {
    overwrites: [0],
    steps: ({ inputs: given, outputs: made }) => [
      spread("toFloat", [...given, ...made], vectors(nth(outputs, 0).count), 4, parts),
    ],
  };
};
