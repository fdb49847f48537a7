import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { conv2d } from "../../../src/core/layers/conv2d.ts";
import { isMisfit } from "../../../src/core/layers/layer.ts";
import { maxPooling2d } from "../../../src/core/layers/maxPooling2d.ts";
import { readOptions } from "../../../src/core/design/readOptions.ts";

interface Vector {
  readonly op: "conv" | "maxpool";
  readonly n: number;
  readonly k: number;
  readonly s: number;
  readonly pad?: number;
  readonly padding?: "same" | "valid";
  readonly dilation: number;
  readonly ceil_mode?: boolean;
  readonly out: number;
  readonly left_pad_measured?: number | null;
}

const vectorsOf = (name: string) =>
  (
    JSON.parse(readFileSync(new URL(`../reference/${name}`, import.meta.url), "utf8")) as {
      readonly vectors: readonly Vector[];
    }
  ).vectors;

/** Output size and padding before the first element along the height, on a map that differs in width. */
function placed(vector: Vector) {
  const input = [vector.n, vector.n + 40, 1];
  const padding = vector.padding ?? vector.pad ?? 0;
  const result =
    vector.op === "conv"
      ? conv2d.infer(
          [input],
          readOptions(conv2d.options, {
            filters: 1,
            kernelSize: vector.k,
            strides: vector.s,
            padding,
            dilationRate: vector.dilation,
          }).values!,
        )
      : maxPooling2d.infer(
          [input],
          readOptions(maxPooling2d.options, {
            poolSize: vector.k,
            strides: vector.s,
            padding,
            ceilMode: vector.ceil_mode ?? false,
          }).values!,
        );
  if (isMisfit(result) || result.window.type !== "local") return undefined;
  return { out: result.outputShape[0], before: result.window.height.padding };
}

const label = ({ op, n, k, s, pad, padding, dilation, ceil_mode }: Vector) =>
  `${op} n ${n} k ${k} s ${s} d ${dilation} padding ${padding ?? pad} ceil ${ceil_mode ?? false}`;

describe("output sizes executed by PyTorch", () => {
  const vectors = vectorsOf("sizes-torch.json");
  test(`all ${vectors.length} vectors`, () => {
    const sizes = Object.fromEntries(vectors.map((vector) => [label(vector), placed(vector)?.out]));
    expect(sizes).toEqual(Object.fromEntries(vectors.map((vector) => [label(vector), vector.out])));
  });
});

describe("output sizes and left padding executed by TensorFlow.js", () => {
  const vectors = vectorsOf("sizes-tf.json");
  test(`all ${vectors.length} vectors`, () => {
    for (const vector of vectors) {
      const result = placed(vector);
      expect(result?.out, label(vector)).toBe(vector.out);
      if (vector.left_pad_measured !== null) {
        expect(result?.before, label(vector)).toBe(vector.left_pad_measured);
      }
    }
  });
});
