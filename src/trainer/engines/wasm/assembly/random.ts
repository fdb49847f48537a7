// AssemblyScript: the random numbers of TensorFlow's StatelessRandomUniform, so that engines drop the same values:
// Philox 4 × 32 with 10 rounds (Salmon et al. 2011), keyed by a scramble of the two seeds.

/** Four words of the generator, as u32 lanes, from a counter and a key. */
function philox(c0: u32, c1: u32, c2: u32, c3: u32, key0: u32, key1: u32): v128 {
  let x0 = c0,
    x1 = c1,
    x2 = c2,
    x3 = c3,
    k0 = key0,
    k1 = key1;
  for (let round = 0; round < 10; round++) {
    const a = <u64>0xd2511f53 * <u64>x0;
    const b = <u64>0xcd9e8d57 * <u64>x2;
    x0 = <u32>(b >> 32) ^ x1 ^ k0;
    x2 = <u32>(a >> 32) ^ x3 ^ k1;
    x1 = <u32>b;
    x3 = <u32>a;
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  let words = i32x4.splat(x0);
  words = i32x4.replace_lane(words, 1, x1);
  words = i32x4.replace_lane(words, 2, x2);
  return i32x4.replace_lane(words, 3, x3);
}

/** Uniform numbers in [0, 1) for a seed and the int32 at `step`; the range counts vectors of four. */
export function randomUniform(y: usize, seed: i32, step: usize, from: i32, to: i32): void {
  const count = load<i32>(step);
  const mix = philox(seed, seed >> 31, count, count >> 31, 0x3ec8f720, 0x02461e29);
  const key0 = <u32>i32x4.extract_lane(mix, 0);
  const key1 = <u32>i32x4.extract_lane(mix, 1);
  const high0 = <u32>i32x4.extract_lane(mix, 2);
  const high1 = <u32>i32x4.extract_lane(mix, 3);
  for (let i = from; i < to; i++) {
    const words = philox(i, 0, high0, high1, key0, key1);
    // 23 random digits after the point of a number in [1, 2).
    const bits = v128.or(v128.and(words, i32x4.splat(0x7fffff)), i32x4.splat(0x3f800000));
    v128.store(y + ((<usize>i) << 4), f32x4.sub(bits, f32x4.splat(1)));
  }
}
