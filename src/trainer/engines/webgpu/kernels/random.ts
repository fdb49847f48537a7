import { nth } from "../../nth.ts";
import type { Kernel } from "./kernel.ts";
import { eachValue, Numbers } from "./wgsl.ts";

/**
 * The random numbers of TensorFlow's StatelessRandomUniform, so that engines drop the same values: Philox 4 × 32 with 10
 * rounds (Salmon et al. 2011), keyed by a scramble of the two seeds.
 */
const philox = `
fn high(a: u32, b: u32) -> u32 {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let first = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let second = (a & 0xffffu) * (b >> 16u) + (first & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (first >> 16u) + (second >> 16u);
}
fn philox(counter: vec4u, firstKey: vec2u) -> vec4u {
  var x = counter;
  var key = firstKey;
  for (var round = 0; round < 10; round++) {
    x = vec4u(
      high(0xcd9e8d57u, x.z) ^ x.y ^ key.x,
      0xcd9e8d57u * x.z,
      high(0xd2511f53u, x.x) ^ x.w ^ key.y,
      0xd2511f53u * x.x,
    );
    key += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return x;
}
`;

/** Four numbers come of one counter. */
export const randomUniform: Kernel<"StatelessRandomUniform"> = ({
  inputs,
  outputs,
  attributes: { seed },
}) => {
  const numbers = new Numbers();
  const [low, high] = [seed, seed >> 31].map((word) => numbers.of(word >>> 0));
  return [
    eachValue({
      reads: { step: nth(inputs, 0) },
      writes: { output: nth(outputs, 0) },
      functions: philox,
      each: `let mix = philox(vec4u(${low}, ${high}, u32(step[0]), 0u), vec2u(0x3ec8f720u, 0x02461e29u));
  let words = philox(vec4u(i / 4u, 0u, mix.z, mix.w), mix.xy);
  // 23 random digits after the point of a number in [1, 2).
  output[i] = bitcast<f32>((words[i % 4u] & 0x7fffffu) | 0x3f800000u) - 1;`,
      numbers,
    }),
  ];
};
