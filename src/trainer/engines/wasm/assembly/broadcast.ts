// AssemblyScript: functions of two values that broadcast as in NumPy.
import { at, exponential, logarithm, put } from "./vector";

const ADD = 0;
const SUBTRACT = 1;
const MULTIPLY = 2;
const DIVIDE = 3;
const MAXIMUM = 4;
const MINIMUM = 5;
const POWER = 6;
const GREATER_OR_EQUAL = 7;
const EQUAL = 8;
const EQUAL_INTEGERS = 9;

// @ts-ignore: decorator
@inline
function apply(type: i32, a: v128, b: v128): v128 {
  if (type == ADD) return f32x4.add(a, b);
  if (type == SUBTRACT) return f32x4.sub(a, b);
  if (type == MULTIPLY) return f32x4.mul(a, b);
  if (type == DIVIDE) return f32x4.div(a, b);
  if (type == MAXIMUM) return f32x4.max(a, b);
  if (type == MINIMUM) return f32x4.min(a, b);
  if (type == POWER) return power(a, b);
  // Truth is an int32, 0 or 1.
  const truth = i32x4.splat(1);
  if (type == GREATER_OR_EQUAL) return v128.and(f32x4.ge(a, b), truth);
  if (type == EQUAL) return v128.and(f32x4.eq(a, b), truth);
  return v128.and(i32x4.eq(a, b), truth);
}

function power(a: v128, b: v128): v128 {
  let result = exponential(f32x4.mul(b, logarithm(a)));
  result = f32x4.replace_lane(
    result,
    0,
    powerOf(f32x4.extract_lane(a, 0), f32x4.extract_lane(b, 0), f32x4.extract_lane(result, 0)),
  );
  result = f32x4.replace_lane(
    result,
    1,
    powerOf(f32x4.extract_lane(a, 1), f32x4.extract_lane(b, 1), f32x4.extract_lane(result, 1)),
  );
  result = f32x4.replace_lane(
    result,
    2,
    powerOf(f32x4.extract_lane(a, 2), f32x4.extract_lane(b, 2), f32x4.extract_lane(result, 2)),
  );
  return f32x4.replace_lane(
    result,
    3,
    powerOf(f32x4.extract_lane(a, 3), f32x4.extract_lane(b, 3), f32x4.extract_lane(result, 3)),
  );
}

/** Whole exponents by squaring in double precision: Adam's 1 − βᵗ would lose digits otherwise. */
function powerOf(base: f32, exponent: f32, otherwise: f32): f32 {
  if (exponent < 0 || exponent > 2147483000 || floor<f32>(exponent) != exponent) return otherwise;
  let result: f64 = 1;
  let factor = <f64>base;
  for (let rest = <i32>exponent; rest > 0; rest >>= 1) {
    if (rest & 1) result *= factor;
    factor *= factor;
  }
  return <f32>result;
}

/**
 * `y[i0, i1, i2, i3]` for `i0` in a range; strides of a and b are in values, 0 where they are stretched, and the last
 * one is 0 or 1. y is dense.
 */
// @ts-ignore: decorator
@inline
function combine(
  type: i32,
  a: usize,
  b: usize,
  y: usize,
  n1: i32,
  n2: i32,
  n3: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  a3: i32,
  b0: i32,
  b1: i32,
  b2: i32,
  b3: i32,
  from: i32,
  to: i32,
): void {
  let t = y + <usize>from * <usize>n1 * <usize>n2 * <usize>n3 * 4;
  for (let i = from; i < to; i++) {
    for (let j = 0; j < n1; j++) {
      for (let k = 0; k < n2; k++) {
        let p = a + (<usize>i * <usize>a0 + <usize>j * <usize>a1 + <usize>k * <usize>a2) * 4;
        let q = b + (<usize>i * <usize>b0 + <usize>j * <usize>b1 + <usize>k * <usize>b2) * 4;
        const end = n3 & ~3;
        if (a3 && b3) {
          for (let c = 0; c < end; c += 4) {
            v128.store(t, apply(type, v128.load(p), v128.load(q)));
            p += 16;
            q += 16;
            t += 16;
          }
          if (end < n3) put(t, apply(type, v128.load(p), v128.load(q)), n3 - end);
        } else if (b3) {
          const s = v128.load32_splat(p);
          for (let c = 0; c < end; c += 4) {
            v128.store(t, apply(type, s, v128.load(q)));
            q += 16;
            t += 16;
          }
          if (end < n3) put(t, apply(type, s, v128.load(q)), n3 - end);
        } else {
          const s = v128.load32_splat(q);
          const step = <usize>(a3 << 4);
          for (let c = 0; c < end; c += 4) {
            v128.store(t, apply(type, a3 ? v128.load(p) : v128.load32_splat(p), s));
            p += step;
            t += 16;
          }
          if (end < n3) put(t, apply(type, a3 ? v128.load(p) : v128.load32_splat(p), s), n3 - end);
        }
        t += <usize>(n3 - end) * 4;
      }
    }
  }
}

export function add(
  a: usize,
  b: usize,
  y: usize,
  n1: i32,
  n2: i32,
  n3: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  a3: i32,
  b0: i32,
  b1: i32,
  b2: i32,
  b3: i32,
  from: i32,
  to: i32,
): void {
  combine(ADD, a, b, y, n1, n2, n3, a0, a1, a2, a3, b0, b1, b2, b3, from, to);
}

export function subtract(
  a: usize,
  b: usize,
  y: usize,
  n1: i32,
  n2: i32,
  n3: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  a3: i32,
  b0: i32,
  b1: i32,
  b2: i32,
  b3: i32,
  from: i32,
  to: i32,
): void {
  combine(SUBTRACT, a, b, y, n1, n2, n3, a0, a1, a2, a3, b0, b1, b2, b3, from, to);
}

export function multiply(
  a: usize,
  b: usize,
  y: usize,
  n1: i32,
  n2: i32,
  n3: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  a3: i32,
  b0: i32,
  b1: i32,
  b2: i32,
  b3: i32,
  from: i32,
  to: i32,
): void {
  combine(MULTIPLY, a, b, y, n1, n2, n3, a0, a1, a2, a3, b0, b1, b2, b3, from, to);
}

export function divide(
  a: usize,
  b: usize,
  y: usize,
  n1: i32,
  n2: i32,
  n3: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  a3: i32,
  b0: i32,
  b1: i32,
  b2: i32,
  b3: i32,
  from: i32,
  to: i32,
): void {
  combine(DIVIDE, a, b, y, n1, n2, n3, a0, a1, a2, a3, b0, b1, b2, b3, from, to);
}

export function maximum(
  a: usize,
  b: usize,
  y: usize,
  n1: i32,
  n2: i32,
  n3: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  a3: i32,
  b0: i32,
  b1: i32,
  b2: i32,
  b3: i32,
  from: i32,
  to: i32,
): void {
  combine(MAXIMUM, a, b, y, n1, n2, n3, a0, a1, a2, a3, b0, b1, b2, b3, from, to);
}

export function minimum(
  a: usize,
  b: usize,
  y: usize,
  n1: i32,
  n2: i32,
  n3: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  a3: i32,
  b0: i32,
  b1: i32,
  b2: i32,
  b3: i32,
  from: i32,
  to: i32,
): void {
  combine(MINIMUM, a, b, y, n1, n2, n3, a0, a1, a2, a3, b0, b1, b2, b3, from, to);
}

export function raise(
  a: usize,
  b: usize,
  y: usize,
  n1: i32,
  n2: i32,
  n3: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  a3: i32,
  b0: i32,
  b1: i32,
  b2: i32,
  b3: i32,
  from: i32,
  to: i32,
): void {
  combine(POWER, a, b, y, n1, n2, n3, a0, a1, a2, a3, b0, b1, b2, b3, from, to);
}

export function greaterOrEqual(
  a: usize,
  b: usize,
  y: usize,
  n1: i32,
  n2: i32,
  n3: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  a3: i32,
  b0: i32,
  b1: i32,
  b2: i32,
  b3: i32,
  from: i32,
  to: i32,
): void {
  combine(GREATER_OR_EQUAL, a, b, y, n1, n2, n3, a0, a1, a2, a3, b0, b1, b2, b3, from, to);
}

export function equal(
  a: usize,
  b: usize,
  y: usize,
  n1: i32,
  n2: i32,
  n3: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  a3: i32,
  b0: i32,
  b1: i32,
  b2: i32,
  b3: i32,
  from: i32,
  to: i32,
): void {
  combine(EQUAL, a, b, y, n1, n2, n3, a0, a1, a2, a3, b0, b1, b2, b3, from, to);
}

export function equalIntegers(
  a: usize,
  b: usize,
  y: usize,
  n1: i32,
  n2: i32,
  n3: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  a3: i32,
  b0: i32,
  b1: i32,
  b2: i32,
  b3: i32,
  from: i32,
  to: i32,
): void {
  combine(EQUAL_INTEGERS, a, b, y, n1, n2, n3, a0, a1, a2, a3, b0, b1, b2, b3, from, to);
}
