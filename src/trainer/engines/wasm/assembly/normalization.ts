// AssemblyScript: batch normalisation (Ioffe and Szegedy 2015) and local response normalisation (Krizhevsky et al. 2012).
import { at, exponential, logarithm, multiplyAdd, promoteHigh, put } from "./vector";

/** Rows that are added in single precision before they go into a double. */
const CHUNK = 64;

// @ts-ignore: decorator
@inline
function singles(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

/**
 * Mean, unbiased variance and 1 / √(biased variance + ε) of each channel of `x[rows, channels]`, and from them the
 * factors and shifts of y = x · factor + shift; channels in a range that begins at a multiple of 4.
 */
export function batchStatistics(
  x: usize,
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
  from: i32,
  to: i32,
): void {
  const pitch = (<usize>channels) << 2;
  const count = f64x2.splat(<f64>rows);
  const unbias = f32x4.splat(<f32>(<f64>rows / <f64>max(1, rows - 1)));
  for (let c = from; c < to; c += 4) {
    // Measured from the first row, the squares lose no digits where the mean is far from zero.
    const origin = v128.load(at(x, c));
    let sumLow = f64x2.splat(0),
      sumHigh = sumLow,
      squareLow = sumLow,
      squareHigh = sumLow;
    let p = at(x, c);
    for (let start = 0; start < rows; start += CHUNK) {
      let sum = f32x4.splat(0),
        squares = sum;
      for (let r = min(CHUNK, rows - start); r > 0; r--) {
        const d = f32x4.sub(v128.load(p), origin);
        sum = f32x4.add(sum, d);
        squares = multiplyAdd(d, d, squares);
        p += pitch;
      }
      sumLow = f64x2.add(sumLow, f64x2.promote_low_f32x4(sum));
      sumHigh = f64x2.add(sumHigh, promoteHigh(sum));
      squareLow = f64x2.add(squareLow, f64x2.promote_low_f32x4(squares));
      squareHigh = f64x2.add(squareHigh, promoteHigh(squares));
    }
    const dLow = f64x2.div(sumLow, count),
      dHigh = f64x2.div(sumHigh, count);
    const vLow = f64x2.sub(f64x2.div(squareLow, count), f64x2.mul(dLow, dLow));
    const vHigh = f64x2.sub(f64x2.div(squareHigh, count), f64x2.mul(dHigh, dHigh));
    const m = f32x4.add(origin, singles(dLow, dHigh));
    const v = f32x4.max(singles(vLow, vHigh), f32x4.splat(0));
    const i = f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(v, f32x4.splat(epsilon))));
    const factor = f32x4.mul(v128.load(at(gamma, c)), i);
    const left = to - c;
    put(at(mean, c), m, left);
    put(at(variance, c), f32x4.mul(v, unbias), left);
    put(at(deviation, c), i, left);
    put(at(factors, c), factor, left);
    put(at(shifts, c), f32x4.sub(v128.load(at(beta, c)), f32x4.mul(m, factor)), left);
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

/**
 * Gradients of scale and offset of each channel, and from them the three factors of
 * dx = dy · ofSlope + x · ofInput + shift; channels in a range that begins at a multiple of 4.
 */
export function batchGradients(
  dy: usize,
  x: usize,
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
  from: i32,
  to: i32,
): void {
  const pitch = (<usize>channels) << 2;
  const share = f32x4.splat(<f32>1 / <f32>rows);
  for (let c = from; c < to; c += 4) {
    const m = v128.load(at(mean, c));
    let sumLow = f64x2.splat(0),
      sumHigh = sumLow,
      dotLow = sumLow,
      dotHigh = sumLow;
    let p = at(x, c),
      q = at(dy, c);
    for (let start = 0; start < rows; start += CHUNK) {
      let sum = f32x4.splat(0),
        dot = sum;
      for (let r = min(CHUNK, rows - start); r > 0; r--) {
        const d = v128.load(q);
        sum = f32x4.add(sum, d);
        dot = multiplyAdd(d, f32x4.sub(v128.load(p), m), dot);
        p += pitch;
        q += pitch;
      }
      sumLow = f64x2.add(sumLow, f64x2.promote_low_f32x4(sum));
      sumHigh = f64x2.add(sumHigh, promoteHigh(sum));
      dotLow = f64x2.add(dotLow, f64x2.promote_low_f32x4(dot));
      dotHigh = f64x2.add(dotHigh, promoteHigh(dot));
    }
    const i = v128.load(at(deviation, c));
    const sum = singles(sumLow, sumHigh);
    const slope = f32x4.mul(singles(dotLow, dotHigh), i);
    const factor = f32x4.mul(v128.load(at(gamma, c)), i);
    const input = f32x4.neg(f32x4.mul(f32x4.mul(f32x4.mul(factor, i), slope), share));
    const left = to - c;
    put(at(dGamma, c), slope, left);
    put(at(dBeta, c), sum, left);
    put(at(ofSlope, c), factor, left);
    put(at(ofInput, c), input, left);
    const shift = f32x4.add(f32x4.mul(f32x4.mul(factor, sum), share), f32x4.mul(input, m));
    put(at(shifts, c), f32x4.neg(shift), left);
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
