import type { Tensor } from "../operation.ts";
import type { Tape } from "../tape.ts";

/** `x · kernel` for `x` of `[batch, inputs]` and a kernel of `[inputs, units]`. */
export function denseProduct(tape: Tape, x: Tensor, kernel: Tensor): Tensor {
  const multiply = (a: Tensor, b: Tensor, transpose: "a" | "b" | "none"): Tensor =>
    tape.product(
      "MatMul",
      [a, b],
      { transposeA: transpose === "a", transposeB: transpose === "b" },
      [
        (transpose === "a" ? a.shape[1] : a.shape[0]) ?? -1,
        (transpose === "b" ? b.shape[0] : b.shape[1]) ?? -1,
      ],
    );
  return tape.record(multiply(x, kernel, "none"), [
    { of: x, gradient: (dy) => multiply(dy, kernel, "b") },
    { of: kernel, gradient: (dy) => multiply(x, dy, "a") },
  ]);
}

/** `x · matrixᵀ` for `x` of `[rows, inputs]` and a constant matrix of `[outputs, inputs]`. */
export function multiplyByMatrix(tape: Tape, x: Tensor, matrix: Tensor): Tensor {
  const [outputs = 0, inputs = 0] = matrix.shape;
  const multiply = (a: Tensor, transposeB: boolean, columns: number): Tensor =>
    tape.graph.add(
      "MatMul",
      [a, matrix],
      { transposeA: false, transposeB },
      { shape: [a.shape[0] ?? -1, columns] },
    );
  return tape.record(multiply(x, true, outputs), [
    { of: x, gradient: (dy) => multiply(dy, false, inputs) },
  ]);
}

/** Adds one number to every channel. */
export function addBias(tape: Tape, x: Tensor, bias: Tensor): Tensor {
  const { graph } = tape;
  return tape.record(graph.add("BiasAdd", [x, bias], {}, { shape: x.shape }), [
    { of: x, gradient: (dy) => dy },
    { of: bias, gradient: (dy) => graph.add("BiasAddGrad", [dy], {}, { shape: bias.shape }) },
  ]);
}
