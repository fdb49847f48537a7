import type { BinaryType, OperationType, UnaryGradientType } from "../../../graph/operation.ts";
import { nth } from "../../nth.ts";
import type { Kernel, Place } from "./kernel.ts";
import { eachValue, float, Numbers, stretchedPlace } from "./wgsl.ts";

/** A function of every value `x` of one tensor, or of values `a` and `b` of two, in WGSL. */
type Expression = string;

/** Constants of SELU (Klambauer et al. 2017). */
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

const functions = `
fn logistic(x: f32) -> f32 { return 1 / (1 + exp(-x)); }
// Drivers overflow far from zero.
fn hyperbolic(x: f32) -> f32 { return select(tanh(clamp(x, -15, 15)), x, isNan(x)); }
fn softPlus(x: f32) -> f32 { return select(log(1 + exp(-abs(x))) + max(x, 0), x, isNan(x)); }
// A power of a whole number is a product: the logarithm of a number near one has few digits.
fn power(a: f32, b: f32) -> f32 {
  if (b != floor(b) || abs(b) > 16777216) { return pow(a, b); }
  var product = 1f;
  var square = a;
  for (var rest = u32(abs(b)); rest > 0u; rest = rest >> 1u) {
    if ((rest & 1u) == 1u) { product *= square; }
    square *= square;
  }
  return select(product, 1 / product, b < 0);
}
// The rational function of Eigen.
fn errorFunction(value: f32) -> f32 {
  let x = clamp(value, -4, 4);
  let s = x * x;
  var p = s * -2.72614225801306e-10 + 2.77068142495902e-8;
  p = s * p - 2.10102402082508e-6;
  p = s * p - 5.69250639462346e-5;
  p = s * p - 7.34990630326855e-4;
  p = s * p - 2.95459980854025e-3;
  p = x * (s * p - 1.60960333262415e-2);
  var q = s * -1.45660718464996e-5 - 2.13374052778905e-4;
  q = s * q - 1.68282697438203e-3;
  q = s * q - 7.37332916720468e-3;
  q = s * q - 1.42647390514189e-2;
  return select(p / q, value, isNan(value));
}
`;

/** A function of every value `x` of one tensor. */
export const ofEach =
  <K extends OperationType>(
    value: Expression | ((attributes: Parameters<Kernel<K>>[0]["attributes"]) => Expression),
  ): Kernel<K> =>
  ({ inputs, outputs, attributes }) => [
    eachValue({
      reads: { input: nth(inputs, 0) },
      writes: { output: nth(outputs, 0) },
      each: `let x = input[i]; output[i] = ${typeof value === "string" ? value : value(attributes)};`,
      functions,
    }),
  ];

/** A function of every pair of values `a` and `b` of two tensors, which are stretched as in NumPy. */
export const ofPairs =
  <K extends BinaryType | UnaryGradientType | "BiasAdd" | "LeakyReluGrad">(
    value: Expression | ((attributes: Parameters<Kernel<K>>[0]["attributes"]) => Expression),
  ): Kernel<K> =>
  ({ inputs, outputs, attributes }) => {
    const output = nth(outputs, 0);
    const numbers = new Numbers();
    const at = (place: Place): string => stretchedPlace(numbers, place.shape, output.shape);
    const [first, second] = [nth(inputs, 0), nth(inputs, 1)];
    return [
      eachValue({
        reads: { first, second },
        writes: { output },
        each: `let a = first[${at(first)}]; let b = second[${at(second)}];
  output[i] = ${typeof value === "string" ? value : value(attributes)};`,
        functions,
        numbers,
      }),
    ];
  };

/** Tensors that one program adds up; every device has this many buffers for one, and another for the result. */
const mostAddends = 7;

/** Sum of tensors of one shape. */
export const addAll: Kernel<"AddN"> = ({ inputs, outputs, scratch }) => {
  const output = nth(outputs, 0);
  const sum = (addends: readonly Place[], target: Place) => {
    const names = addends.map((_, index) => `x${index}`);
    return eachValue({
      reads: Object.fromEntries(names.map((name, index) => [name, nth(addends, index)])),
      writes: { output: target },
      each: `output[i] = ${names.map((name) => `${name}[i]`).join(" + ")};`,
    });
  };
  const programs = [];
  let rest = inputs;
  while (rest.length > mostAddends) {
    const part = scratch(output.count);
    programs.push(sum(rest.slice(0, mostAddends), part));
    rest = [part, ...rest.slice(mostAddends)];
  }
  return [...programs, sum(rest, output)];
};

/** WGSL of the functions of one value. */
export const unary = {
  Relu: "select(x, 0, x < 0)",
  Relu6: "select(select(x, 0, x < 0), 6, x > 6)",
  Elu: "select(x, exp(x) - 1, x < 0)",
  Selu: `${float(seluScale)} * select(x, ${float(seluAlpha)} * (exp(x) - 1), x < 0)`,
  Sigmoid: "logistic(x)",
  Tanh: "hyperbolic(x)",
  Softplus: "softPlus(x)",
  Softsign: "x / (1 + abs(x))",
  Erf: "errorFunction(x)",
  Exp: "exp(x)",
  Log: "log(x)",
  Neg: "-x",
  Rsqrt: "inverseSqrt(x)",
  Sqrt: "sqrt(x)",
  Square: "x * x",
} as const;

/** WGSL of the functions of two values, and of gradients in TensorFlow's order of inputs. */
export const binary = {
  AddV2: "a + b",
  Sub: "a - b",
  Mul: "a * b",
  RealDiv: "a / b",
  Maximum: "select(select(b, a, a > b), a, isNan(a))",
  Minimum: "select(select(b, a, a < b), a, isNan(a))",
  Pow: "power(a, b)",
  GreaterEqual: "select(0f, 1f, a >= b)",
  Equal: "select(0f, 1f, a == b)",
  ReluGrad: "select(0, a, b > 0)",
  Relu6Grad: "select(0, a, b > 0 && b < 6)",
  EluGrad: "select(a, a * (b + 1), b < 0)",
  SeluGrad: `a * select(${float(seluScale)}, b + ${float(seluScale * seluAlpha)}, b < 0)`,
  SigmoidGrad: "b * a * (1 - a)",
  TanhGrad: "b * (1 - a * a)",
  SoftplusGrad: "a * logistic(b)",
  SoftsignGrad: "a / ((1 + abs(b)) * (1 + abs(b)))",
} as const;

export const leakyRelu = ofEach<"LeakyRelu">(
  ({ alpha }) => `select(x * ${float(alpha)}, x, x > 0)`,
);

export const leakyReluGradient = ofPairs<"LeakyReluGrad">(
  ({ alpha }) => `select(a * ${float(alpha)}, a, b > 0)`,
);
