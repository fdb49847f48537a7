import type { BinaryType, OperationType, TensorShape } from "../../../graph/operation.ts";
import type { FunctionName } from "../kernelModule.ts";
import type { Operand } from "../../shapes.ts";
import { nth } from "../../nth.ts";
import { type Kernel, type Step, type Task, spread, vectors } from "./kernel.ts";

/** A function of each value, or of each pair of values of two tensors of one shape. */
export function eachValue<K extends OperationType>(
  run: FunctionName,
  numbers: (attributes: Task<K>["attributes"]) => readonly number[] = () => [],
): Kernel<K> {
  return ({ inputs, outputs, attributes, parts }) => ({
    overwrites: inputs.map((_, index) => index),
    steps: (places) => [
      spread(
        run,
        [...places.inputs, nth(places.outputs, 0), ...numbers(attributes)],
        vectors(nth(outputs, 0).count),
        4,
        parts,
      ),
    ],
  });
}

/** A function of two tensors that broadcast as in NumPy. */
export function broadcast<K extends BinaryType | "BiasAdd">(
  run: FunctionName,
  runOnIntegers: FunctionName = run,
): Kernel<K> {
  return ({ inputs, outputs, parts }) => {
    const [a, b, y] = [nth(inputs, 0), nth(inputs, 1), nth(outputs, 0)];
    return {
      overwrites: [0, 1].filter((index) => nth(inputs, index).count === y.count),
      steps: ({ inputs: [left = 0, right = 0], outputs: [target = 0] }) => [
        combine(
          a.dataType === "int32" ? runOnIntegers : run,
          [a, b, y],
          [left, right, target],
          parts,
        ),
      ],
    };
  };
}

/** Sum of tensors of one shape, the first two first. */
export const addAll: Kernel<"AddN"> = ({ inputs, outputs, parts }) => {
  const { count } = nth(outputs, 0);
  const flat: Operand = { ...nth(outputs, 0), shape: [count] };
  return {
    overwrites: [0],
    steps: ({ inputs: [first = 0, ...rest], outputs: [target = 0] }) =>
      inputs.length === 1
        ? [[{ run: "copyBytes", with: [first, target, 4 * count] }]]
        : rest.map((other, index) =>
            combine(
              "add",
              [flat, flat, flat],
              [index === 0 ? first : target, other, target],
              parts,
            ),
          ),
  };
};

/** The calls for `y = run(a, b)`. */
export function combine(
  run: FunctionName,
  [a, b, y]: readonly [Operand, Operand, Operand],
  addresses: readonly [number, number, number],
  parts: number,
): Step {
  const axes = broadcastAxes(a.shape, b.shape, y.shape);
  // One long row is cut into rows, so that parts can share it.
  const cut = axes.length === 1 && y.count > 65_536 ? cutRow(nth(axes, 0)) : axes;
  const [outer, ...inner] = padded(cut, 4);
  const { extent = 1, strides = [0, 0] } = outer ?? {};
  return spread(
    run,
    [
      ...addresses,
      ...inner.map((axis) => axis.extent),
      ...[0, 1].flatMap((side) => [
        strides[side] ?? 0,
        ...inner.map((axis) => axis.strides[side] ?? 0),
      ]),
    ],
    extent,
    y.count / extent,
    parts,
  );
}

/** One axis of a loop: its extent, and how far each operand moves with it. */
interface Axis {
  readonly extent: number;
  readonly strides: readonly number[];
}

function cutRow({ extent, strides }: Axis): readonly Axis[] {
  const rows = [64, 32, 16, 8, 4, 2].find((count) => extent % (4 * count) === 0) ?? 1;
  return [
    { extent: rows, strides: strides.map((stride) => (stride * extent) / rows) },
    { extent: extent / rows, strides },
  ];
}

function broadcastAxes(a: TensorShape, b: TensorShape, y: TensorShape): readonly Axis[] {
  const sides = [a, b].map((shape) => stridesAlong(shape, y));
  return merged(
    y.map((extent, axis) => ({ extent, strides: sides.map((strides) => nth(strides, axis)) })),
  );
}

/** Strides of a shape along the axes of another that it broadcasts to; 0 where it is stretched. */
function stridesAlong(shape: TensorShape, target: TensorShape): readonly number[] {
  const strides: number[] = [];
  let stride = 1;
  for (let axis = target.length - 1; axis >= 0; axis -= 1) {
    const extent = shape[axis - target.length + shape.length] ?? 1;
    strides.unshift(extent === 1 ? 0 : stride);
    stride *= extent;
  }
  return strides;
}

/** Joins neighbouring axes that every operand walks through as if they were one; drops those of extent 1. */
export function merged(axes: readonly Axis[]): readonly Axis[] {
  const result: Axis[] = [];
  for (const axis of axes.filter(({ extent }) => extent !== 1)) {
    const last = result.at(-1);
    if (last?.strides.every((stride, side) => stride === nth(axis.strides, side) * axis.extent)) {
      result[result.length - 1] = { extent: last.extent * axis.extent, strides: axis.strides };
    } else {
      result.push(axis);
    }
  }
  return result;
}

/** The same loop with a fixed number of axes, more than one. */
export function padded(axes: readonly Axis[], count: number): readonly Axis[] {
  if (axes.length > count) {
    throw new Error(`${axes.length} axes where ${count} are possible`);
  }
  const sides = axes[0]?.strides.length ?? 2;
  const one: Axis = { extent: 1, strides: Array.from({ length: sides }, () => 0) };
  const missing = Array.from({ length: count - axes.length }, () => one);
  // The first axis stays the first, which is the one that threads share, and the last stays the last.
  return axes.length < 2
    ? [...missing, ...axes]
    : [...axes.slice(0, 1), ...missing, ...axes.slice(1)];
}
