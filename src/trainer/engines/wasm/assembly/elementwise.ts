// AssemblyScript: functions of each value. Ranges count vectors of four floats.
import {
  at,
  errorFunction,
  exponential,
  exponentialMinusOne,
  hyperbolicTangent,
  logarithm,
  logistic,
  multiplyAdd,
  softPlus,
} from "./vector";

const SELU_SCALE: f32 = 1.0507009873554805;
const SELU_SCALE_ALPHA: f32 = 1.7580993408473769;

// @ts-ignore: decorator
@inline
function one(): v128 {
  return f32x4.splat(1);
}

// @ts-ignore: decorator
@inline
function zero(): v128 {
  return f32x4.splat(0);
}

// @ts-ignore: decorator
@inline
function select(ifTrue: v128, ifFalse: v128, mask: v128): v128 {
  return v128.bitselect(ifTrue, ifFalse, mask);
}

export function relu(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const v = v128.load(at(x, 4 * i));
    v128.store(at(y, 4 * i), f32x4.pmax(v, zero()));
  }
}

export function relu6(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const v = v128.load(at(x, 4 * i));
    v128.store(at(y, 4 * i), f32x4.pmin(f32x4.pmax(v, zero()), f32x4.splat(6)));
  }
}

export function elu(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const v = v128.load(at(x, 4 * i));
    const low = exponentialMinusOne(v);
    v128.store(at(y, 4 * i), select(low, v, f32x4.lt(v, zero())));
  }
}

export function selu(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const v = v128.load(at(x, 4 * i));
    const low = f32x4.mul(exponentialMinusOne(v), f32x4.splat(SELU_SCALE_ALPHA));
    const high = f32x4.mul(v, f32x4.splat(SELU_SCALE));
    v128.store(at(y, 4 * i), select(low, high, f32x4.lt(v, zero())));
  }
}

export function leakyRelu(x: usize, y: usize, alpha: f32, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const v = v128.load(at(x, 4 * i));
    const low = f32x4.mul(v, f32x4.splat(alpha));
    v128.store(at(y, 4 * i), select(v, low, f32x4.gt(v, zero())));
  }
}

export function sigmoid(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    v128.store(at(y, 4 * i), logistic(v128.load(at(x, 4 * i))));
  }
}

export function tanh(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    v128.store(at(y, 4 * i), hyperbolicTangent(v128.load(at(x, 4 * i))));
  }
}

export function softplus(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    v128.store(at(y, 4 * i), softPlus(v128.load(at(x, 4 * i))));
  }
}

export function softsign(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const v = v128.load(at(x, 4 * i));
    v128.store(at(y, 4 * i), f32x4.div(v, f32x4.add(one(), f32x4.abs(v))));
  }
}

export function erf(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    v128.store(at(y, 4 * i), errorFunction(v128.load(at(x, 4 * i))));
  }
}

export function exp(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    v128.store(at(y, 4 * i), exponential(v128.load(at(x, 4 * i))));
  }
}

export function log(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    v128.store(at(y, 4 * i), logarithm(v128.load(at(x, 4 * i))));
  }
}

export function negate(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    v128.store(at(y, 4 * i), f32x4.neg(v128.load(at(x, 4 * i))));
  }
}

export function squareRoot(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    v128.store(at(y, 4 * i), f32x4.sqrt(v128.load(at(x, 4 * i))));
  }
}

export function inverseSquareRoot(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    v128.store(at(y, 4 * i), f32x4.div(one(), f32x4.sqrt(v128.load(at(x, 4 * i)))));
  }
}

export function square(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const v = v128.load(at(x, 4 * i));
    v128.store(at(y, 4 * i), f32x4.mul(v, v));
  }
}

/** int32, or truth as 0 or 1, to float32. */
export function toFloat(x: usize, y: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    v128.store(at(y, 4 * i), f32x4.convert_i32x4_s(v128.load(at(x, 4 * i))));
  }
}

export function reluGradient(dy: usize, y: usize, dx: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const mask = f32x4.gt(v128.load(at(y, 4 * i)), zero());
    v128.store(at(dx, 4 * i), v128.and(v128.load(at(dy, 4 * i)), mask));
  }
}

export function relu6Gradient(dy: usize, y: usize, dx: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const v = v128.load(at(y, 4 * i));
    const mask = v128.and(f32x4.gt(v, zero()), f32x4.lt(v, f32x4.splat(6)));
    v128.store(at(dx, 4 * i), v128.and(v128.load(at(dy, 4 * i)), mask));
  }
}

export function eluGradient(dy: usize, y: usize, dx: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const v = v128.load(at(y, 4 * i));
    const d = v128.load(at(dy, 4 * i));
    const low = f32x4.mul(d, f32x4.add(v, one()));
    v128.store(at(dx, 4 * i), select(low, d, f32x4.lt(v, zero())));
  }
}

export function seluGradient(dy: usize, y: usize, dx: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const v = v128.load(at(y, 4 * i));
    const d = v128.load(at(dy, 4 * i));
    const low = f32x4.mul(d, f32x4.add(v, f32x4.splat(SELU_SCALE_ALPHA)));
    const high = f32x4.mul(d, f32x4.splat(SELU_SCALE));
    v128.store(at(dx, 4 * i), select(low, high, f32x4.lt(v, zero())));
  }
}

export function leakyReluGradient(
  dy: usize,
  x: usize,
  dx: usize,
  alpha: f32,
  from: i32,
  to: i32,
): void {
  for (let i = from; i < to; i++) {
    const d = v128.load(at(dy, 4 * i));
    const low = f32x4.mul(d, f32x4.splat(alpha));
    v128.store(at(dx, 4 * i), select(d, low, f32x4.gt(v128.load(at(x, 4 * i)), zero())));
  }
}

export function sigmoidGradient(y: usize, dy: usize, dx: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const v = v128.load(at(y, 4 * i));
    const slope = f32x4.mul(v, f32x4.sub(one(), v));
    v128.store(at(dx, 4 * i), f32x4.mul(v128.load(at(dy, 4 * i)), slope));
  }
}

export function tanhGradient(y: usize, dy: usize, dx: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const v = v128.load(at(y, 4 * i));
    const slope = f32x4.sub(one(), f32x4.mul(v, v));
    v128.store(at(dx, 4 * i), f32x4.mul(v128.load(at(dy, 4 * i)), slope));
  }
}

export function softplusGradient(dy: usize, x: usize, dx: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const slope = logistic(v128.load(at(x, 4 * i)));
    v128.store(at(dx, 4 * i), f32x4.mul(v128.load(at(dy, 4 * i)), slope));
  }
}

export function softsignGradient(dy: usize, x: usize, dx: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const sum = f32x4.add(one(), f32x4.abs(v128.load(at(x, 4 * i))));
    v128.store(at(dx, 4 * i), f32x4.div(v128.load(at(dy, 4 * i)), f32x4.mul(sum, sum)));
  }
}

// Updates of variables in place; the numbers of the step are scalars in memory.

/** w ← w − rate · g. */
export function descend(w: usize, rate: usize, g: usize, from: i32, to: i32): void {
  const r = v128.load32_splat(rate);
  for (let i = from; i < to; i++) {
    const step = f32x4.mul(r, v128.load(at(g, 4 * i)));
    v128.store(at(w, 4 * i), f32x4.sub(v128.load(at(w, 4 * i)), step));
  }
}

/** v ← momentum · v − rate · g; w ← w + v, or with Nesterov w + momentum · v − rate · g. */
export function descendWithMomentum(
  w: usize,
  velocity: usize,
  rate: usize,
  g: usize,
  momentum: usize,
  isNesterov: i32,
  from: i32,
  to: i32,
): void {
  const r = v128.load32_splat(rate);
  const m = v128.load32_splat(momentum);
  for (let i = from; i < to; i++) {
    const step = f32x4.mul(r, v128.load(at(g, 4 * i)));
    const next = f32x4.sub(f32x4.mul(m, v128.load(at(velocity, 4 * i))), step);
    v128.store(at(velocity, 4 * i), next);
    const change = isNesterov ? f32x4.sub(f32x4.mul(m, next), step) : next;
    v128.store(at(w, 4 * i), f32x4.add(v128.load(at(w, 4 * i)), change));
  }
}

/** Adam as Keras computes it: w ← w − rate · √(1 − β2ᵗ) / (1 − β1ᵗ) · m / (√v + ε). */
export function adapt(
  w: usize,
  mean: usize,
  variance: usize,
  power1: usize,
  power2: usize,
  rate: usize,
  beta1: usize,
  beta2: usize,
  epsilon: usize,
  g: usize,
  from: i32,
  to: i32,
): void {
  const alpha =
    (load<f32>(rate) * sqrt<f32>(<f32>1 - load<f32>(power2))) / (<f32>1 - load<f32>(power1));
  const rest1 = f32x4.splat(<f32>1 - load<f32>(beta1));
  const rest2 = f32x4.splat(<f32>1 - load<f32>(beta2));
  const e = v128.load32_splat(epsilon);
  const a = f32x4.splat(alpha);
  for (let i = from; i < to; i++) {
    const slope = v128.load(at(g, 4 * i));
    let m = v128.load(at(mean, 4 * i));
    let v = v128.load(at(variance, 4 * i));
    m = multiplyAdd(f32x4.sub(slope, m), rest1, m);
    v = multiplyAdd(f32x4.sub(f32x4.mul(slope, slope), v), rest2, v);
    v128.store(at(mean, 4 * i), m);
    v128.store(at(variance, 4 * i), v);
    const change = f32x4.div(f32x4.mul(m, a), f32x4.add(f32x4.sqrt(v), e));
    v128.store(at(w, 4 * i), f32x4.sub(v128.load(at(w, 4 * i)), change));
  }
}
