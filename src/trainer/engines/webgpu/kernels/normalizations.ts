import type { LrnAttributes } from "../../../graph/operation.ts";
import { nth } from "../../nth.ts";
import type { Kernel, Place, Program, Task } from "./kernel.ts";
import { reduce } from "./reduce.ts";
import { eachValue, float, Numbers } from "./wgsl.ts";

/** Sums over all values of each channel, by a term of the value number `i`, which belongs to channel `o`. */
function overChannels(
  reads: Readonly<Record<string, Place>>,
  output: Place,
  rows: number,
  term: string,
  scale: number,
  scratch: Task<"Sum">["scratch"],
): readonly Program[] {
  const numbers = new Numbers();
  return reduce(
    {
      reads,
      output,
      terms: rows,
      numbers,
      term: `let i = r * ${numbers.of(output.count)} + o; return ${term};`,
      along: "sums",
      scale,
    },
    scratch,
  );
}

const rowsOf = ({ count, shape }: Place): number => count / (shape.at(-1) ?? 1);

/** The reserves for the gradient are the mean, the biased variance, and nothing. */
export const batchNormalization: Kernel<"FusedBatchNormV3"> = ({
  inputs,
  outputs,
  attributes: { epsilon },
  scratch,
}) => {
  const [x, scale, offset] = [nth(inputs, 0), nth(inputs, 1), nth(inputs, 2)];
  const [y, mean, unbiased] = [nth(outputs, 0), nth(outputs, 1), nth(outputs, 2)];
  const [savedMean, variance] = [nth(outputs, 3), nth(outputs, 4)];
  const rows = rowsOf(x);
  const numbers = new Numbers();
  const channels = numbers.of(mean.count);
  const unbias = float(rows / Math.max(rows - 1, 1));
  return [
    ...overChannels({ x }, savedMean, rows, "x[i]", 1 / rows, scratch),
    // Measured from the mean, the squares lose no digits where that is far from zero.
    ...overChannels(
      { x, mean: savedMean },
      variance,
      rows,
      "(x[i] - mean[o]) * (x[i] - mean[o])",
      1 / rows,
      scratch,
    ),
    eachValue({
      reads: { x, scale, offset, savedMean, variance },
      writes: { y, mean, unbiased },
      each: `let c = i % ${channels};
  if (i < ${channels}) {
    mean[i] = savedMean[i];
    unbiased[i] = variance[i] * ${unbias};
  }
  y[i] = (x[i] - savedMean[c]) * (inverseSqrt(variance[c] + ${float(epsilon)}) * scale[c]) + offset[c];`,
      numbers,
    }),
  ];
};

/** dx = scale / σ · (dy − mean(dy) − x̂ · mean(dy · x̂)), (Ioffe and Szegedy 2015, section 3). */
export const batchNormalizationGradient: Kernel<"FusedBatchNormGradV3"> = ({
  inputs,
  outputs,
  attributes: { epsilon },
  scratch,
}) => {
  const [dy, x, scale] = [nth(inputs, 0), nth(inputs, 1), nth(inputs, 2)];
  const [mean, variance] = [nth(inputs, 3), nth(inputs, 4)];
  const [dx, dScale, dOffset] = [nth(outputs, 0), nth(outputs, 1), nth(outputs, 2)];
  const rows = rowsOf(x);
  const numbers = new Numbers();
  const inverse = (channel: string): string =>
    `inverseSqrt(variance[${channel}] + ${float(epsilon)})`;
  return [
    ...overChannels({ dy }, dOffset, rows, "dy[i]", 1, scratch),
    ...overChannels(
      { dy, x, mean, variance },
      dScale,
      rows,
      `dy[i] * ((x[i] - mean[o]) * ${inverse("o")})`,
      1,
      scratch,
    ),
    eachValue({
      reads: { dy, x, scale, mean, variance, dScale, dOffset },
      writes: { dx },
      each: `let c = i % ${numbers.of(dScale.count)};
  let inverse = ${inverse("c")};
  let normalized = (x[i] - mean[c]) * inverse;
  let rest = (dOffset[c] + normalized * dScale[c]) / f32(${numbers.of(rows)});
  dx[i] = scale[c] * inverse * (dy[i] - rest);`,
      numbers,
    }),
  ];
};

/** The neighbours of a channel and what is divided by, Krizhevsky et al. 2012, section 3.3. */
function responseFunctions(numbers: Numbers, x: Place, attributes: LrnAttributes): string {
  const channels = numbers.of(x.shape.at(-1) ?? 1);
  const { depthRadius, bias, alpha } = attributes;
  return `
fn firstOf(i: u32) -> u32 { let c = i % ${channels}; return i - min(c, ${depthRadius}u); }
fn lastOf(i: u32) -> u32 { let c = i % ${channels}; return i + min(${channels} - 1u - c, ${depthRadius}u); }
fn response(i: u32) -> f32 {
  var sum = 0f;
  for (var k = firstOf(i); k <= lastOf(i); k++) { sum += x[k] * x[k]; }
  return ${float(bias)} + ${float(alpha)} * sum;
}`;
}

/** y = x · (bias + alpha · Σ x²)^−beta, over the channels within the radius. */
export const localResponse: Kernel<"LRN"> = ({ inputs, outputs, attributes }) => {
  const x = nth(inputs, 0);
  const numbers = new Numbers();
  return [
    eachValue({
      reads: { x },
      writes: { y: nth(outputs, 0) },
      numbers,
      functions: responseFunctions(numbers, x, attributes),
      each: `y[i] = x[i] * pow(response(i), ${float(-attributes.beta)});`,
    }),
  ];
};

/** dx = dy · s^−beta − 2 · alpha · beta · x · Σ dy · y / s, with s = bias + alpha · Σ x². */
export const localResponseGradient: Kernel<"LRNGrad"> = ({
  inputs,
  outputs,
  attributes,
  scratch,
}) => {
  const [dy, x, y] = [nth(inputs, 0), nth(inputs, 1), nth(inputs, 2)];
  const shares = scratch(x.count);
  const numbers = new Numbers();
  const functions = responseFunctions(numbers, x, attributes);
  const { alpha, beta } = attributes;
  return [
    eachValue({
      reads: { dy, x, y },
      writes: { shares },
      functions,
      numbers,
      each: "shares[i] = dy[i] * y[i] / response(i);",
    }),
    eachValue({
      reads: { dy, x, shares },
      writes: { dx: nth(outputs, 0) },
      functions,
      numbers,
      each: `var sum = 0f;
  for (var k = firstOf(i); k <= lastOf(i); k++) { sum += shares[k]; }
  dx[i] = dy[i] * pow(response(i), ${float(-beta)}) - ${float(2 * alpha * beta)} * x[i] * sum;`,
    }),
  ];
};
