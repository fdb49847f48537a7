import { first } from "../builder.ts";
import type { Tensor, TensorShape } from "../operation.ts";
import type { Tape } from "../tape.ts";

/** Sum of tensors that broadcast to one shape. */
export function addAll(tape: Tape, inputs: readonly Tensor[]): Tensor {
  const { graph } = tape;
  const one = first(inputs);
  const output = inputs.every((input) => sameShape(input.shape, one.shape))
    ? graph.sum(inputs)
    : inputs.slice(1).reduce((sum, input) => graph.binary("AddV2", sum, input), one);
  return tape.record(
    output,
    inputs.map((of) => ({ of, gradient: (dy) => sumTo(tape, dy, of.shape) })),
  );
}

/** Product of two tensors that broadcast to one shape. */
export function multiply(tape: Tape, a: Tensor, b: Tensor): Tensor {
  const { graph } = tape;
  return tape.record(graph.binary("Mul", a, b), [
    { of: a, gradient: (dy) => sumTo(tape, graph.binary("Mul", dy, b), a.shape) },
    { of: b, gradient: (dy) => sumTo(tape, graph.binary("Mul", dy, a), b.shape) },
  ]);
}

/** Product with a tensor that does not depend on any weight, for example a mask. */
export function multiplyByConstant(tape: Tape, x: Tensor, factor: Tensor): Tensor {
  const { graph } = tape;
  return tape.record(graph.binary("Mul", x, factor), [
    { of: x, gradient: (dy) => graph.binary("Mul", dy, factor) },
  ]);
}

/** Larger of two tensors that broadcast to one shape; where they are equal, the first takes the gradient. */
export function maximum(tape: Tape, a: Tensor, b: Tensor): Tensor {
  const { graph } = tape;
  const mask = (): Tensor => graph.cast(graph.binary("GreaterEqual", a, b), "float32");
  const without = (dy: Tensor): Tensor => graph.binary("Sub", dy, graph.binary("Mul", dy, mask()));
  return tape.record(graph.binary("Maximum", a, b), [
    { of: a, gradient: (dy) => sumTo(tape, graph.binary("Mul", dy, mask()), a.shape) },
    { of: b, gradient: (dy) => sumTo(tape, without(dy), b.shape) },
  ]);
}

/** `x · factor` for a number. */
export function scale(tape: Tape, x: Tensor, factor: number): Tensor {
  const { graph } = tape;
  return tape.record(graph.scale(x, factor), [
    { of: x, gradient: (dy) => graph.scale(dy, factor) },
  ]);
}

/** Sums a gradient over the axes along which a tensor of `shape` was stretched. */
function sumTo(tape: Tape, dy: Tensor, shape: TensorShape): Tensor {
  const axes = shape.flatMap((extent, axis) => (extent === dy.shape[axis] ? [] : [axis]));
  return axes.length === 0 ? dy : tape.graph.reduce("Sum", dy, axes, true);
}

const sameShape = (a: TensorShape, b: TensorShape): boolean =>
  a.length === b.length && a.every((extent, axis) => extent === b[axis]);

/** `x + offset` for a number. */
export function shift(tape: Tape, x: Tensor, offset: number): Tensor {
  if (offset === 0) {
    return x;
  }
  const sum = tape.graph.binary("AddV2", x, tape.graph.scalar(offset));
  return tape.record(sum, [{ of: x, gradient: (dy) => dy }]);
}
