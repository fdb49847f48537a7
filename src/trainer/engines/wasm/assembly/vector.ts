// AssemblyScript: arithmetic on four floats at once. Memory regions begin at multiples of 64 bytes and are padded to
// them, so loops over whole vectors may read and write a little past the last value.

// @ts-ignore: decorator
@inline
export function at(base: usize, index: i32): usize {
  return base + ((<usize>index) << 2);
}

// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, sum: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** The value within a range; NaN stays NaN, in one instruction for each end. */
// @ts-ignore: decorator
@inline
function clamp(value: v128, low: f32, high: f32): v128 {
  return f32x4.pmin(f32x4.pmax(value, f32x4.splat(low)), f32x4.splat(high));
}

/** Stores the first `count` of four floats; nothing after them is touched. */
export function put(target: usize, value: v128, count: i32): void {
  if (count >= 4) {
    v128.store(target, value);
    return;
  }
  if (count > 0) store<f32>(target, f32x4.extract_lane(value, 0));
  if (count > 1) store<f32>(target, f32x4.extract_lane(value, 1), 4);
  if (count > 2) store<f32>(target, f32x4.extract_lane(value, 2), 8);
}

/** Sum of four floats in double precision. */
// @ts-ignore: decorator
@inline
export function total(value: v128): f64 {
  return (
    <f64>f32x4.extract_lane(value, 0) +
    <f64>f32x4.extract_lane(value, 1) +
    <f64>f32x4.extract_lane(value, 2) +
    <f64>f32x4.extract_lane(value, 3)
  );
}

/** The higher two of four floats as doubles. */
// @ts-ignore: decorator
@inline
export function promoteHigh(value: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i32>(value, value, 2, 3, 2, 3));
}

/** eˣ − 1 for x between −ln 2 / 2 and ln 2 / 2 (Moshier's Cephes). */
// @ts-ignore: decorator
@inline
function exponentialNearZero(x: v128): v128 {
  let y = multiplyAdd(f32x4.splat(1.98756915e-4), x, f32x4.splat(1.3981999507e-3));
  y = multiplyAdd(y, x, f32x4.splat(8.3334519073e-3));
  y = multiplyAdd(y, x, f32x4.splat(4.1665795894e-2));
  y = multiplyAdd(y, x, f32x4.splat(1.6666665459e-1));
  y = multiplyAdd(y, x, f32x4.splat(5.0000001201e-1));
  return multiplyAdd(y, f32x4.mul(x, x), x);
}

/** eˣ − 1 without loss of digits near zero. */
export function exponentialMinusOne(x: v128): v128 {
  const isNear = f32x4.lt(f32x4.abs(x), f32x4.splat(0.34));
  const far = f32x4.sub(exponential(x), f32x4.splat(1));
  return v128.bitselect(exponentialNearZero(x), far, isNear);
}

/** eˣ to about one unit in the last place (Moshier's Cephes); 0 and infinity beyond the range. */
export function exponential(value: v128): v128 {
  let x = clamp(value, -104, 89);
  const whole = f32x4.floor(multiplyAdd(x, f32x4.splat(1.44269504088896341), f32x4.splat(0.5)));
  x = f32x4.sub(x, f32x4.mul(whole, f32x4.splat(0.693359375)));
  x = f32x4.sub(x, f32x4.mul(whole, f32x4.splat(-2.1219444e-4)));
  const y = f32x4.add(exponentialNearZero(x), f32x4.splat(1));
  // In two factors, so that results near the ends of the range are right as well.
  const power = i32x4.trunc_sat_f32x4_s(whole);
  const half = i32x4.shr_s(power, 1);
  const rest = i32x4.sub(power, half);
  const bias = i32x4.splat(127);
  return f32x4.mul(
    f32x4.mul(y, i32x4.shl(i32x4.add(half, bias), 23)),
    i32x4.shl(i32x4.add(rest, bias), 23),
  );
}

/** ln x to about one unit in the last place (Moshier's Cephes); NaN below zero, −infinity at zero. */
export function logarithm(value: v128): v128 {
  const smallest = f32x4.splat(1.17549435e-38);
  const normal = f32x4.max(value, smallest);
  let exponent = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(normal, 23), i32x4.splat(126)));
  let x = v128.or(v128.and(normal, i32x4.splat(0x007fffff)), f32x4.splat(0.5));
  const low = f32x4.lt(x, f32x4.splat(0.707106781186547524));
  exponent = f32x4.sub(exponent, v128.and(f32x4.splat(1), low));
  x = f32x4.add(f32x4.sub(x, f32x4.splat(1)), v128.and(x, low));
  const square = f32x4.mul(x, x);
  let y = multiplyAdd(f32x4.splat(7.0376836292e-2), x, f32x4.splat(-1.151461031e-1));
  y = multiplyAdd(y, x, f32x4.splat(1.167699874e-1));
  y = multiplyAdd(y, x, f32x4.splat(-1.2420140846e-1));
  y = multiplyAdd(y, x, f32x4.splat(1.4249322787e-1));
  y = multiplyAdd(y, x, f32x4.splat(-1.6668057665e-1));
  y = multiplyAdd(y, x, f32x4.splat(2.0000714765e-1));
  y = multiplyAdd(y, x, f32x4.splat(-2.4999993993e-1));
  y = multiplyAdd(y, x, f32x4.splat(3.3333331174e-1));
  y = f32x4.mul(f32x4.mul(y, x), square);
  y = multiplyAdd(exponent, f32x4.splat(-2.1219444e-4), y);
  y = f32x4.sub(y, f32x4.mul(square, f32x4.splat(0.5)));
  y = multiplyAdd(exponent, f32x4.splat(0.693359375), f32x4.add(x, y));
  const zero = f32x4.splat(0);
  y = v128.bitselect(f32x4.splat(-Infinity), y, f32x4.eq(value, zero));
  y = v128.bitselect(value, y, f32x4.eq(value, f32x4.splat(Infinity)));
  return v128.bitselect(y, f32x4.splat(NaN), f32x4.ge(value, zero));
}

/** tanh x by the rational function of Eigen, which TensorFlow uses as well. */
// @ts-ignore: decorator
@inline
export function hyperbolicTangent(value: v128): v128 {
  const x = clamp(value, -7.90531110763549805, 7.90531110763549805);
  const square = f32x4.mul(x, x);
  let p = multiplyAdd(
    square,
    f32x4.splat(-2.76076847742355e-16),
    f32x4.splat(2.00018790482477e-13),
  );
  p = multiplyAdd(square, p, f32x4.splat(-8.60467152213735e-11));
  p = multiplyAdd(square, p, f32x4.splat(5.12229709037114e-8));
  p = multiplyAdd(square, p, f32x4.splat(1.48572235717979e-5));
  p = multiplyAdd(square, p, f32x4.splat(6.37261928875436e-4));
  p = f32x4.mul(x, multiplyAdd(square, p, f32x4.splat(4.89352455891786e-3)));
  let q = multiplyAdd(square, f32x4.splat(1.19825839466702e-6), f32x4.splat(1.18534705686654e-4));
  q = multiplyAdd(square, q, f32x4.splat(2.268434632439e-3));
  q = multiplyAdd(square, q, f32x4.splat(4.89352518554385e-3));
  const tiny = f32x4.lt(f32x4.abs(x), f32x4.splat(0.0004));
  return v128.bitselect(x, f32x4.div(p, q), tiny);
}

/** The error function by the rational function of Eigen, which TensorFlow uses as well. */
// @ts-ignore: decorator
@inline
export function errorFunction(value: v128): v128 {
  const x = clamp(value, -4, 4);
  const square = f32x4.mul(x, x);
  let p = multiplyAdd(square, f32x4.splat(-2.72614225801306e-10), f32x4.splat(2.77068142495902e-8));
  p = multiplyAdd(square, p, f32x4.splat(-2.10102402082508e-6));
  p = multiplyAdd(square, p, f32x4.splat(-5.69250639462346e-5));
  p = multiplyAdd(square, p, f32x4.splat(-7.34990630326855e-4));
  p = multiplyAdd(square, p, f32x4.splat(-2.95459980854025e-3));
  p = f32x4.mul(x, multiplyAdd(square, p, f32x4.splat(-1.60960333262415e-2)));
  let q = multiplyAdd(square, f32x4.splat(-1.45660718464996e-5), f32x4.splat(-2.13374055278905e-4));
  q = multiplyAdd(square, q, f32x4.splat(-1.68282697438203e-3));
  q = multiplyAdd(square, q, f32x4.splat(-7.37332916720468e-3));
  q = multiplyAdd(square, q, f32x4.splat(-1.42647390514189e-2));
  return f32x4.div(p, q);
}

// @ts-ignore: decorator
@inline
export function logistic(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}

/** ln(1 + eˣ), without loss of digits far below zero. */
// @ts-ignore: decorator
@inline
export function softPlus(x: v128): v128 {
  const one = f32x4.splat(1);
  const small = exponential(f32x4.neg(f32x4.abs(x)));
  const sum = f32x4.add(one, small);
  // log1p: what rounding took from 1 + small is given back by the factor (Kahan).
  const rounded = f32x4.sub(sum, one);
  const corrected = f32x4.mul(logarithm(sum), f32x4.div(small, rounded));
  const logOfSum = v128.bitselect(small, corrected, f32x4.eq(rounded, f32x4.splat(0)));
  return f32x4.add(f32x4.max(x, f32x4.splat(0)), logOfSum);
}
