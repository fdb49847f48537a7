import type { AxisPairs, Tensor, TensorShape } from "../operation.ts";
import type { Tape } from "../tape.ts";
import type { ExplicitPadding, Pair } from "../../../core/layers/option.ts";

/** The same values in another shape. */
export function reshape(tape: Tape, x: Tensor, shape: TensorShape): Tensor {
  const { graph } = tape;
  return tape.record(graph.reshape(x, shape), [
    { of: x, gradient: (dy) => graph.reshape(dy, x.shape) },
  ]);
}

/** Surrounds a feature map with a value. */
export function pad(tape: Tape, x: Tensor, padding: ExplicitPadding, value = 0): Tensor {
  return padAxes(tape, x, spatial(padding), value);
}

/** `[before, after]` of every axis of a feature map with its batch. */
export const spatial = ({ top, bottom, left, right }: ExplicitPadding): AxisPairs => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0],
];

/** Surrounds a tensor with a value. */
export function padAxes(tape: Tape, x: Tensor, paddings: AxisPairs, value = 0): Tensor {
  if (paddings.every(([before, after]) => before === 0 && after === 0)) {
    return x;
  }
  const { graph } = tape;
  const shape = x.shape.map((extent, axis) => grown(extent, paddings[axis]));
  return tape.record(graph.add("PadV2", [x], { paddings, value }, { shape }), [
    {
      of: x,
      gradient: (dy) =>
        graph.add(
          "Slice",
          [dy],
          { begin: paddings.map(([before]) => before), size: x.shape },
          { shape: x.shape },
        ),
    },
  ]);
}

const grown = (extent: number, padding: Pair = [0, 0]): number =>
  extent === -1 ? -1 : extent + padding[0] + padding[1];

/** The box of `shape` that begins at `begin`; -1 in `shape` takes the whole axis. */
export function slice(tape: Tape, x: Tensor, begin: readonly number[], shape: TensorShape): Tensor {
  if (shape.every((extent, axis) => extent === x.shape[axis])) {
    return x;
  }
  const { graph } = tape;
  const paddings = x.shape.map((extent, axis): Pair => {
    const start = begin[axis] ?? 0;
    return [start, extent === -1 ? 0 : extent - start - (shape[axis] ?? 0)];
  });
  return tape.record(graph.add("Slice", [x], { begin, size: shape }, { shape }), [
    { of: x, gradient: (dy) => graph.add("PadV2", [dy], { paddings, value: 0 }, x) },
  ]);
}

/** Equal parts along the last axis. */
export function splitLast(tape: Tape, x: Tensor, parts: number): readonly Tensor[] {
  const extent = (x.shape.at(-1) ?? 0) / parts;
  const shape = [...x.shape.slice(0, -1), extent];
  return Array.from({ length: parts }, (_, part) =>
    slice(tape, x, [...shape.slice(0, -1).map(() => 0), part * extent], shape),
  );
}

/** Lays tensors behind each other along the last axis. */
export function concatenateLast(tape: Tape, inputs: readonly Tensor[]): Tensor {
  const { graph } = tape;
  const [one] = inputs;
  if (one === undefined || inputs.length === 1) {
    return one as Tensor;
  }
  const axis = one.shape.length - 1;
  const depth = (tensor: Tensor): number => tensor.shape[axis] ?? 0;
  const shape = [...one.shape.slice(0, axis), inputs.reduce((sum, input) => sum + depth(input), 0)];
  let start = 0;
  const sources = inputs.map((of) => {
    const begin = [...of.shape.slice(0, axis).map(() => 0), start];
    start += depth(of);
    return {
      of,
      gradient: (dy: Tensor): Tensor =>
        graph.add("Slice", [dy], { begin, size: of.shape }, { shape: of.shape }),
    };
  });
  return tape.record(graph.add("ConcatV2", inputs, { axis }, { shape }), sources);
}

/** The axes in another order. */
export function transpose(tape: Tape, x: Tensor, permutation: readonly number[]): Tensor {
  const { graph } = tape;
  const apply = (tensor: Tensor, order: readonly number[]): Tensor =>
    graph.add(
      "Transpose",
      [tensor],
      { permutation: order },
      { shape: order.map((axis) => tensor.shape[axis] ?? 0) },
    );
  const inverse = permutation.map((_, axis) => permutation.indexOf(axis));
  return tape.record(apply(x, permutation), [{ of: x, gradient: (dy) => apply(dy, inverse) }]);
}

/** A vector over the channels in the rank of `like`, so that it stretches over the rest. */
export function alongChannels(tape: Tape, vector: Tensor, like: Tensor): Tensor {
  const shape = like.shape.map((_, axis) =>
    axis === like.shape.length - 1 ? (vector.shape.at(-1) ?? 1) : 1,
  );
  return reshape(tape, vector, shape);
}
