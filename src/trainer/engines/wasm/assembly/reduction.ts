// AssemblyScript: sums, largest values and what follows from them.
import { at, exponential, logarithm, promoteHigh, put, total } from "./vector";

/** Rows that are added in single precision before they go into a double. */
const CHUNK = 64;

/** `y[outer, inner] = scale · Σ x[outer, reduced, inner]` for `outer` in a range. */
export function sumMiddle(
  x: usize,
  y: usize,
  reduced: i32,
  inner: i32,
  scale: f32,
  from: i32,
  to: i32,
): void {
  for (let i = from; i < to; i++) {
    const p = x + <usize>i * <usize>reduced * <usize>inner * 4;
    const q = y + <usize>i * <usize>inner * 4;
    if (inner == 1) {
      store<f32>(q, <f32>(sumRow(p, reduced) * <f64>scale));
    } else {
      sumColumns(p, q, reduced, inner, scale, 0, inner);
    }
  }
}

function sumRow(x: usize, count: i32): f64 {
  let result: f64 = 0;
  let c = 0;
  while (c + 4 <= count) {
    let sum = f32x4.splat(0);
    const end = min(count & ~3, c + 4 * CHUNK);
    for (; c < end; c += 4) sum = f32x4.add(sum, v128.load(at(x, c)));
    result += total(sum);
  }
  for (; c < count; c++) result += <f64>load<f32>(at(x, c));
  return result;
}

/** `y[c] = scale · Σ x[row, c]` for columns in a range that begins at a multiple of 16. */
export function sumColumns(
  x: usize,
  y: usize,
  rows: i32,
  columns: i32,
  scale: f32,
  from: i32,
  to: i32,
): void {
  const pitch = (<usize>columns) << 2;
  let c = from;
  for (; c + 16 <= to; c += 16) {
    let low0 = f64x2.splat(0),
      high0 = low0,
      low1 = low0,
      high1 = low0;
    let low2 = low0,
      high2 = low0,
      low3 = low0,
      high3 = low0;
    let p = at(x, c);
    for (let start = 0; start < rows; start += CHUNK) {
      let s0 = f32x4.splat(0),
        s1 = s0,
        s2 = s0,
        s3 = s0;
      for (let r = min(CHUNK, rows - start); r > 0; r--) {
        s0 = f32x4.add(s0, v128.load(p));
        s1 = f32x4.add(s1, v128.load(p, 16));
        s2 = f32x4.add(s2, v128.load(p, 32));
        s3 = f32x4.add(s3, v128.load(p, 48));
        p += pitch;
      }
      low0 = f64x2.add(low0, f64x2.promote_low_f32x4(s0));
      high0 = f64x2.add(high0, promoteHigh(s0));
      low1 = f64x2.add(low1, f64x2.promote_low_f32x4(s1));
      high1 = f64x2.add(high1, promoteHigh(s1));
      low2 = f64x2.add(low2, f64x2.promote_low_f32x4(s2));
      high2 = f64x2.add(high2, promoteHigh(s2));
      low3 = f64x2.add(low3, f64x2.promote_low_f32x4(s3));
      high3 = f64x2.add(high3, promoteHigh(s3));
    }
    v128.store(at(y, c), join(low0, high0, scale));
    v128.store(at(y, c), join(low1, high1, scale), 16);
    v128.store(at(y, c), join(low2, high2, scale), 32);
    v128.store(at(y, c), join(low3, high3, scale), 48);
  }
  for (; c < to; c += 4) {
    let low = f64x2.splat(0),
      high = low;
    let p = at(x, c);
    for (let start = 0; start < rows; start += CHUNK) {
      let s = f32x4.splat(0);
      for (let r = min(CHUNK, rows - start); r > 0; r--) {
        s = f32x4.add(s, v128.load(p));
        p += pitch;
      }
      low = f64x2.add(low, f64x2.promote_low_f32x4(s));
      high = f64x2.add(high, promoteHigh(s));
    }
    put(at(y, c), join(low, high, scale), to - c);
  }
}

// @ts-ignore: decorator
@inline
function join(low: v128, high: v128, scale: f32): v128 {
  const factor = f64x2.splat(<f64>scale);
  const a = f32x4.demote_f64x2_zero(f64x2.mul(low, factor));
  const b = f32x4.demote_f64x2_zero(f64x2.mul(high, factor));
  return v128.shuffle<i32>(a, b, 0, 1, 4, 5);
}

function largest(x: usize, count: i32): f32 {
  let result = load<f32>(x);
  for (let c = 1; c < count; c++) result = max<f32>(result, load<f32>(at(x, c)));
  return result;
}

/** `y = exp(x − shift)` and the sum of it. */
function exponentials(x: usize, y: usize, count: i32, shift: f32): f64 {
  let sum: f64 = 0;
  for (let c = 0; c < count; c += 4) {
    const e = exponential(f32x4.sub(v128.load(at(x, c)), f32x4.splat(shift)));
    put(at(y, c), e, count - c);
    const left = count - c;
    sum += <f64>f32x4.extract_lane(e, 0);
    if (left > 1) sum += <f64>f32x4.extract_lane(e, 1);
    if (left > 2) sum += <f64>f32x4.extract_lane(e, 2);
    if (left > 3) sum += <f64>f32x4.extract_lane(e, 3);
  }
  return sum;
}

/** Along rows of `count` values. */
export function softmax(x: usize, y: usize, count: i32, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const p = at(x, i * count);
    const q = at(y, i * count);
    const factor = <f32>(1.0 / exponentials(p, q, count, largest(p, count)));
    for (let c = 0; c < count; c++) store<f32>(at(q, c), load<f32>(at(q, c)) * factor);
  }
}

/** Loss of each row and the gradient of its logits, `softmax − labels`. */
export function softmaxCrossEntropy(
  x: usize,
  labels: usize,
  loss: usize,
  gradient: usize,
  count: i32,
  from: i32,
  to: i32,
): void {
  for (let i = from; i < to; i++) {
    const p = at(x, i * count);
    const l = at(labels, i * count);
    const q = at(gradient, i * count);
    const shift = largest(p, count);
    // In place, the exponentials overwrite the logits, so the loss comes first.
    let picked: f64 = 0,
      weight: f64 = 0;
    for (let c = 0; c < count; c++) {
      const label = <f64>load<f32>(at(l, c));
      weight += label;
      picked += label * <f64>(load<f32>(at(p, c)) - shift);
    }
    const sum = exponentials(p, q, count, shift);
    const logOfSum = <f64>f32x4.extract_lane(logarithm(f32x4.splat(<f32>sum)), 0);
    store<f32>(at(loss, i), <f32>(weight * logOfSum - picked));
    const factor = <f32>(1.0 / sum);
    for (let c = 0; c < count; c++) {
      store<f32>(at(q, c), load<f32>(at(q, c)) * factor - load<f32>(at(l, c)));
    }
  }
}

/** Index of the largest value of each row, the first where several are. */
export function argMax(x: usize, y: usize, count: i32, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const p = at(x, i * count);
    let best = load<f32>(p);
    let place = 0;
    for (let c = 1; c < count; c++) {
      const value = load<f32>(at(p, c));
      if (value > best) {
        best = value;
        place = c;
      }
    }
    store<i32>(at(y, i), place);
  }
}
