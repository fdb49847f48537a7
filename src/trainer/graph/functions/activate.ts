import type { Activation } from "../../../core/layers/activations.ts";
import type { Tensor, UnaryGradientType, UnaryType } from "../operation.ts";
import type { Tape } from "../tape.ts";
import { multiply, scale, shift } from "./arithmetic.ts";

type Function = (tape: Tape, x: Tensor) => Tensor;

/** Applies an activation by its Keras name. */
export function activate(tape: Tape, activation: Activation, x: Tensor): Tensor {
  return functions[activation](tape, x);
}

/** Slope of `leakyRelu` below zero, as Keras 3. */
export const leakySlope = 0.2;

const functions: Readonly<Record<Activation, Function>> = {
  linear: (_tape, x) => x,
  relu: fromOutput("Relu", "ReluGrad"),
  relu6: fromOutput("Relu6", "Relu6Grad"),
  elu: fromOutput("Elu", "EluGrad"),
  selu: fromOutput("Selu", "SeluGrad"),
  leakyRelu,
  gelu,
  swish: (tape, x) => multiply(tape, x, sigmoid(tape, x)),
  hardSwish: (tape, x) => multiply(tape, x, hardSigmoid(tape, x)),
  sigmoid,
  hardSigmoid,
  tanh: fromOutputFirst("Tanh", "TanhGrad"),
  softplus(tape, x) {
    return tape.record(tape.graph.unary("Softplus", x), [
      { of: x, gradient: (dy) => tape.graph.unaryGradient("SoftplusGrad", dy, x) },
    ]);
  },
  softmax,
};

function fromOutput(type: UnaryType, gradientType: UnaryGradientType): Function {
  return (tape, x) => {
    const y = tape.graph.unary(type, x);
    return tape.record(y, [
      { of: x, gradient: (dy) => tape.graph.unaryGradient(gradientType, dy, y) },
    ]);
  };
}

function fromOutputFirst(type: UnaryType, gradientType: UnaryGradientType): Function {
  return (tape, x) => {
    const y = tape.graph.unary(type, x);
    return tape.record(y, [
      { of: x, gradient: (dy) => tape.graph.unaryGradient(gradientType, y, dy) },
    ]);
  };
}

function sigmoid(tape: Tape, x: Tensor): Tensor {
  return fromOutputFirst("Sigmoid", "SigmoidGrad")(tape, x);
}

/** Keras 3: relu6(x + 3) / 6. */
function hardSigmoid(tape: Tape, x: Tensor): Tensor {
  const shifted = shift(tape, x, 3);
  return scale(tape, functions.relu6(tape, shifted), 1 / 6);
}

function leakyRelu(tape: Tape, x: Tensor): Tensor {
  const attributes = { alpha: leakySlope };
  const { graph } = tape;
  const y = graph.add("LeakyRelu", [x], attributes, { shape: x.shape });
  // y has the sign of x. A gradient that reads x as well makes TensorFlow give up fusing convolution, bias and activation.
  return tape.record(y, [
    {
      of: x,
      gradient: (dy) => graph.add("LeakyReluGrad", [dy, y], attributes, { shape: x.shape }),
    },
  ]);
}

/** Hendrycks and Gimpel 2016, exact: x · Φ(x), whose derivative is Φ(x) + x · φ(x). */
function gelu(tape: Tape, x: Tensor): Tensor {
  const { graph } = tape;
  const error = graph.unary("Erf", graph.scale(x, Math.SQRT1_2));
  const cumulative = graph.scale(graph.binary("AddV2", error, graph.scalar(1)), 0.5);
  return tape.record(graph.binary("Mul", x, cumulative), [
    {
      of: x,
      gradient(dy) {
        const bell = graph.unary("Exp", graph.scale(graph.unary("Square", x), -0.5));
        const density = graph.scale(bell, 1 / Math.sqrt(2 * Math.PI));
        const slope = graph.binary("AddV2", cumulative, graph.binary("Mul", x, density));
        return graph.binary("Mul", dy, slope);
      },
    },
  ]);
}

/** Along the last axis; dx = (dy − Σ dy·y) · y. */
function softmax(tape: Tape, x: Tensor): Tensor {
  const { graph } = tape;
  const y = graph.add("Softmax", [x], {}, { shape: x.shape });
  return tape.record(y, [
    {
      of: x,
      gradient(dy) {
        const last = x.shape.length - 1;
        const mean = graph.reduce("Sum", graph.binary("Mul", dy, y), [last], true);
        return graph.binary("Mul", graph.binary("Sub", dy, mean), y);
      },
    },
  ]);
}
