// AssemblyScript: batch normalisation (Ioffe and Szegedy 2015) and local response normalisation (Krizhevsky et al. 2012).
import { at, exponential, logarithm, multiplyAdd, promoteHigh, put } from "./vector";

/** Rows that are added in single precision before they go into a double. */
const CHUNK = 64;

/** Adds the four floats to four doubles in memory. */
// @ts-ignore: decorator
@inline
function addTo(target: usize, value: v128): void {
  v128.store(target, f64x2.add(v128.load(target), f64x2.promote_low_f32x4(value)));
  v128.store(target, f64x2.add(v128.load(target, 16), promoteHigh(value)), 16);
}

// @ts-ignore: decorator
@inline
function double(base: usize, index: i32): usize {
  return base + ((<usize>index) << 3);
}

/**
 * Adds up `x − origin` and its square for each channel of `x[rows, channels]`, over rows in a range, into `sums`, which
 * has room for twice as many doubles as there are channels, rounded up to fours. Measured from a row of its own, the
 * squares lose no digits where the mean is far from zero.
 */
export function batchSums(
  x: usize,
  origin: usize,
  sums: usize,
  channels: i32,
  from: i32,
  to: i32,
): void {
  const room = (channels + 3) & ~3;
  const pitch = (<usize>channels) << 2;
  memory.fill(sums, 0, (<usize>room) << 4);
  for (let start = from; start < to; start += CHUNK) {
    for (let c = 0; c < channels; c += 4) {
      const shift = v128.load(at(origin, c));
      let p = at(x + <usize>start * pitch, c);
      let sum = f32x4.splat(0);
      let squares = sum;
      for (let r = min(CHUNK, to - start); r > 0; r--, p += pitch) {
        const d = f32x4.sub(v128.load(p), shift);
        sum = f32x4.add(sum, d);
        squares = multiplyAdd(d, d, squares);
      }
      addTo(double(sums, c), sum);
      addTo(double(sums, room + c), squares);
    }
  }
}

/** The n-th double of all parts together, added in their order. */
function foldSums(sums: usize, parts: i32, partBytes: i32, index: i32): f64 {
  let result: f64 = 0;
  for (let part = 0; part < parts; part++) {
    result += load<f64>(double(sums + <usize>part * <usize>partBytes, index));
  }
  return result;
}

/**
 * Mean, unbiased variance and 1 / √(biased variance + ε) of each channel from the sums of `batchSums`, and from them the
 * factors and shifts of y = x · factor + shift.
 */
export function batchStatistics(
  sums: usize,
  parts: i32,
  partBytes: i32,
  origin: usize,
  gamma: usize,
  beta: usize,
  mean: usize,
  variance: usize,
  deviation: usize,
  factors: usize,
  shifts: usize,
  rows: i32,
  channels: i32,
  epsilon: f32,
): void {
  const room = (channels + 3) & ~3;
  for (let c = 0; c < channels; c++) {
    const away = foldSums(sums, parts, partBytes, c) / <f64>rows;
    const square = foldSums(sums, parts, partBytes, room + c) / <f64>rows;
    const m = <f64>load<f32>(at(origin, c)) + away;
    const v = max<f64>(square - away * away, 0);
    const i = 1.0 / sqrt<f64>(v + <f64>epsilon);
    const factor = <f64>load<f32>(at(gamma, c)) * i;
    store<f32>(at(mean, c), <f32>m);
    store<f32>(at(variance, c), <f32>(v * (<f64>rows / <f64>max(1, rows - 1))));
    store<f32>(at(deviation, c), <f32>i);
    store<f32>(at(factors, c), <f32>factor);
    store<f32>(at(shifts, c), <f32>(<f64>load<f32>(at(beta, c)) - m * factor));
  }
}

/** `y = x · factor + shift` for rows in a range. */
export function scaleAndShift(
  x: usize,
  factors: usize,
  shifts: usize,
  y: usize,
  channels: i32,
  from: i32,
  to: i32,
): void {
  let p = x + <usize>from * <usize>channels * 4;
  let q = y + <usize>from * <usize>channels * 4;
  for (let row = from; row < to; row++) {
    for (let c = 0; c < channels; c += 4) {
      const v = multiplyAdd(
        v128.load(at(p, c)),
        v128.load(at(factors, c)),
        v128.load(at(shifts, c)),
      );
      put(at(q, c), v, channels - c);
    }
    p += (<usize>channels) << 2;
    q += (<usize>channels) << 2;
  }
}

/** Adds up `dy` and `dy · (x − mean)` for each channel, over rows in a range, as `batchSums` does. */
export function batchGradientSums(
  dy: usize,
  x: usize,
  mean: usize,
  sums: usize,
  channels: i32,
  from: i32,
  to: i32,
): void {
  const room = (channels + 3) & ~3;
  const pitch = (<usize>channels) << 2;
  memory.fill(sums, 0, (<usize>room) << 4);
  for (let start = from; start < to; start += CHUNK) {
    for (let c = 0; c < channels; c += 4) {
      const m = v128.load(at(mean, c));
      let p = at(x + <usize>start * pitch, c);
      let q = at(dy + <usize>start * pitch, c);
      let sum = f32x4.splat(0);
      let dot = sum;
      for (let r = min(CHUNK, to - start); r > 0; r--, p += pitch, q += pitch) {
        const d = v128.load(q);
        sum = f32x4.add(sum, d);
        dot = multiplyAdd(d, f32x4.sub(v128.load(p), m), dot);
      }
      addTo(double(sums, c), sum);
      addTo(double(sums, room + c), dot);
    }
  }
}

/**
 * Gradients of scale and offset of each channel from the sums of `batchGradientSums`, and from them the three factors of
 * dx = dy · ofSlope + x · ofInput + shift.
 */
export function batchGradients(
  sums: usize,
  parts: i32,
  partBytes: i32,
  gamma: usize,
  mean: usize,
  deviation: usize,
  dGamma: usize,
  dBeta: usize,
  ofSlope: usize,
  ofInput: usize,
  shifts: usize,
  rows: i32,
  channels: i32,
): void {
  const room = (channels + 3) & ~3;
  for (let c = 0; c < channels; c++) {
    const i = <f64>load<f32>(at(deviation, c));
    const sum = foldSums(sums, parts, partBytes, c);
    const slope = foldSums(sums, parts, partBytes, room + c) * i;
    const factor = <f64>load<f32>(at(gamma, c)) * i;
    const input = (-factor * i * slope) / <f64>rows;
    store<f32>(at(dGamma, c), <f32>slope);
    store<f32>(at(dBeta, c), <f32>sum);
    store<f32>(at(ofSlope, c), <f32>factor);
    store<f32>(at(ofInput, c), <f32>input);
    const shift = (-factor * sum) / <f64>rows - input * <f64>load<f32>(at(mean, c));
    store<f32>(at(shifts, c), <f32>shift);
  }
}

/** `dx = dy · ofSlope + x · ofInput + shift` for rows in a range. */
export function combineGradients(
  dy: usize,
  x: usize,
  ofSlope: usize,
  ofInput: usize,
  shifts: usize,
  dx: usize,
  channels: i32,
  from: i32,
  to: i32,
): void {
  let offset = <usize>from * <usize>channels * 4;
  for (let row = from; row < to; row++) {
    for (let c = 0; c < channels; c += 4) {
      const a = multiplyAdd(
        v128.load(at(x + offset, c)),
        v128.load(at(ofInput, c)),
        v128.load(at(shifts, c)),
      );
      const v = multiplyAdd(v128.load(at(dy + offset, c)), v128.load(at(ofSlope, c)), a);
      put(at(dx + offset, c), v, channels - c);
    }
    offset += (<usize>channels) << 2;
  }
}

/** `sums[c] = bias + alpha · Σ x²` over the channels within the radius. */
function responses(x: usize, sums: usize, channels: i32, radius: i32, bias: f32, alpha: f32): void {
  for (let c = 0; c < channels; c++) {
    let sum: f32 = 0;
    const end = min(channels - 1, c + radius);
    for (let k = max(0, c - radius); k <= end; k++) {
      const v = load<f32>(at(x, k));
      sum += v * v;
    }
    store<f32>(at(sums, c), bias + alpha * sum);
  }
}

// @ts-ignore: decorator
@inline
function raised(base: v128, exponent: f32): v128 {
  return exponential(f32x4.mul(logarithm(base), f32x4.splat(exponent)));
}

/** y = x · (bias + alpha · Σ x²)^−beta for rows in a range; `sums` is room for one row. */
export function localResponse(
  x: usize,
  y: usize,
  sums: usize,
  channels: i32,
  radius: i32,
  bias: f32,
  alpha: f32,
  beta: f32,
  from: i32,
  to: i32,
): void {
  for (let row = from; row < to; row++) {
    const offset = <usize>row * <usize>channels * 4;
    responses(x + offset, sums, channels, radius, bias, alpha);
    for (let c = 0; c < channels; c += 4) {
      const v = f32x4.mul(v128.load(at(x + offset, c)), raised(v128.load(at(sums, c)), -beta));
      put(at(y + offset, c), v, channels - c);
    }
  }
}

/** dx = dy · s^−beta − 2 · alpha · beta · x · Σ dy · y / s; `sums` and `shares` are room for one row each. */
export function localResponseGradient(
  dy: usize,
  x: usize,
  y: usize,
  dx: usize,
  sums: usize,
  shares: usize,
  channels: i32,
  radius: i32,
  bias: f32,
  alpha: f32,
  beta: f32,
  from: i32,
  to: i32,
): void {
  const factor = <f32>2 * alpha * beta;
  for (let row = from; row < to; row++) {
    const offset = <usize>row * <usize>channels * 4;
    responses(x + offset, sums, channels, radius, bias, alpha);
    for (let c = 0; c < channels; c += 4) {
      const s = v128.load(at(sums, c));
      const d = v128.load(at(dy + offset, c));
      put(at(shares, c), f32x4.div(f32x4.mul(d, v128.load(at(y + offset, c))), s), channels - c);
      put(at(sums, c), f32x4.mul(d, raised(s, -beta)), channels - c);
    }
    for (let c = 0; c < channels; c++) {
      let sum: f32 = 0;
      const end = min(channels - 1, c + radius);
      for (let k = max(0, c - radius); k <= end; k++) sum += load<f32>(at(shares, k));
      const v = load<f32>(at(sums, c)) - factor * load<f32>(at(x + offset, c)) * sum;
      store<f32>(at(dx + offset, c), v);
    }
  }
}
