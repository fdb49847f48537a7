import * as tf from "@tensorflow/tfjs";
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { designOf } from "../designOf.ts";

type Options = Readonly<Record<string, unknown>>;
type Shape = readonly [number, number, number];

/** What TensorFlow.js makes of one layer, or `undefined` where it refuses. */
function byTfjs(
  layer: tf.layers.Layer,
  shape: readonly number[],
): { readonly shape: readonly number[]; readonly parameters: number } | undefined {
  const input = tf.input({ shape: [...shape] });
  try {
    const output = layer.apply(input) as tf.SymbolicTensor;
    const result = { shape: output.shape.slice(1) as number[], parameters: layer.countParams() };
    return result.shape.every((extent) => extent > 0) ? result : undefined;
  } catch {
    return undefined;
  } finally {
    layer.dispose();
  }
}

function byUs(type: string, options: Options, shape: readonly number[]) {
  const { analysis } = designOf({
    image: { type: "input", shape },
    layer: { type, from: "image", ...options },
  });
  const node = analysis.nodes.get("layer");
  return node?.outputShape === undefined
    ? undefined
    : { shape: node.outputShape, parameters: node.parameters.total };
}

const extent = (maximum: number) => fc.integer({ min: 1, max: maximum });
const pair = (maximum: number) => fc.tuple(extent(maximum), extent(maximum));
const shapes: fc.Arbitrary<Shape> = fc.tuple(extent(14), extent(14), extent(6));
const padding = fc.constantFrom("same" as const, "valid" as const);
const flag = fc.boolean();

/** Strides and dilation together are refused by TensorFlow.js. */
const steps = fc.oneof(fc.record({ strides: pair(4) }), fc.record({ dilationRate: pair(3) }));
const convolution = fc
  .tuple(fc.record({ kernelSize: pair(5), padding, useBias: flag }), steps)
  .map(([common, step]) => ({ ...common, ...step }));
const pooling = fc.record({ poolSize: pair(4), strides: pair(4), padding });

interface Case {
  readonly options: fc.Arbitrary<Options>;
  readonly build: (options: never) => tf.layers.Layer;
}

const cases: Readonly<Record<string, Case>> = {
  conv2d: {
    options: fc
      .tuple(convolution, extent(6))
      .map(([options, filters]) => ({ ...options, filters })),
    build: (options: Parameters<typeof tf.layers.conv2d>[0]) => tf.layers.conv2d(options),
  },
  depthwiseConv2d: {
    // Without dilation, which TensorFlow.js 4.22 leaves out of the shape of this layer.
    options: fc.record({
      kernelSize: pair(5),
      padding,
      useBias: flag,
      strides: pair(4),
      depthMultiplier: extent(3),
    }),
    build: (options: Parameters<typeof tf.layers.depthwiseConv2d>[0]) =>
      tf.layers.depthwiseConv2d(options),
  },
  separableConv2d: {
    options: fc
      .tuple(convolution, extent(3), extent(6))
      .map(([options, depthMultiplier, filters]) => ({ ...options, depthMultiplier, filters })),
    build: (options: Parameters<typeof tf.layers.separableConv2d>[0]) =>
      tf.layers.separableConv2d(options),
  },
  conv2dTranspose: {
    options: fc.record({
      filters: extent(6),
      kernelSize: pair(5),
      strides: pair(4),
      padding,
      useBias: flag,
    }),
    build: (options: Parameters<typeof tf.layers.conv2dTranspose>[0]) =>
      tf.layers.conv2dTranspose(options),
  },
  maxPooling2d: {
    options: pooling,
    build: (options: Parameters<typeof tf.layers.maxPooling2d>[0]) =>
      tf.layers.maxPooling2d(options),
  },
  averagePooling2d: {
    options: pooling,
    build: (options: Parameters<typeof tf.layers.averagePooling2d>[0]) =>
      tf.layers.averagePooling2d(options),
  },
  globalAveragePooling2d: {
    options: fc.constant({}),
    build: () => tf.layers.globalAveragePooling2d({}),
  },
  globalMaxPooling2d: { options: fc.constant({}), build: () => tf.layers.globalMaxPooling2d({}) },
  batchNormalization: {
    options: fc.record({ center: flag, scale: flag }),
    build: (options: object) => tf.layers.batchNormalization(options),
  },
  layerNormalization: {
    options: fc.record({ center: flag, scale: flag }),
    build: (options: object) => tf.layers.layerNormalization(options),
  },
  flatten: { options: fc.constant({}), build: () => tf.layers.flatten() },
  dropout: {
    options: fc.constant({ rate: 0.3 }),
    build: (options: { rate: number }) => tf.layers.dropout(options),
  },
  activation: {
    options: fc.constantFrom({ activation: "relu" }, { activation: "softmax" }),
    build: (options: { activation: "relu" | "softmax" }) => tf.layers.activation(options),
  },
  prelu: { options: fc.constant({}), build: () => tf.layers.prelu() },
  upSampling2d: {
    options: fc.record({ size: pair(4), interpolation: fc.constantFrom("nearest", "bilinear") }),
    build: (options: Parameters<typeof tf.layers.upSampling2d>[0]) =>
      tf.layers.upSampling2d(options),
  },
};

describe("shapes and parameters of TensorFlow.js", () => {
  beforeAll(async () => {
    await tf.setBackend("cpu");
  });

  test.each(Object.entries(cases))("%s", (type, { options, build }) => {
    let accepted = 0;
    fc.assert(
      fc.property(shapes, options, (shape, chosen) => {
        const theirs = byTfjs(build(chosen as never), shape);
        const ours = byUs(type, chosen, shape);
        if (theirs !== undefined) {
          accepted++;
          expect(ours).toEqual(theirs);
        }
      }),
      { numRuns: 60 },
    );
    expect(accepted).toBeGreaterThan(10);
  });

  test("zeroPadding2d and cropping2d", () => {
    const sides = fc.tuple(extent(3), extent(3), extent(3), extent(3));
    fc.assert(
      fc.property(shapes, sides, (shape, [top, bottom, left, right]) => {
        const pairs: [[number, number], [number, number]] = [
          [top, bottom],
          [left, right],
        ];
        const list = [top, bottom, left, right];
        expect(byUs("zeroPadding2d", { padding: list }, shape)).toEqual(
          byTfjs(tf.layers.zeroPadding2d({ padding: pairs }), shape),
        );
        const cropped = byTfjs(tf.layers.cropping2D({ cropping: pairs }), shape);
        if (cropped !== undefined) {
          expect(byUs("cropping2d", { cropping: list }, shape)).toEqual(cropped);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("dense and reshape", () => {
    fc.assert(
      fc.property(extent(20), extent(20), flag, (length, units, useBias) => {
        expect(byUs("dense", { units, useBias }, [length])).toEqual(
          byTfjs(tf.layers.dense({ units, useBias }), [length]),
        );
        expect(byUs("reshape", { targetShape: [1, 1, length] }, [length])).toEqual(
          byTfjs(tf.layers.reshape({ targetShape: [1, 1, length] }), [length]),
        );
      }),
      { numRuns: 20 },
    );
  });

  test("joins", () => {
    const channels = fc.array(extent(5), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(extent(9), extent(9), channels, (height, width, widths) => {
        const inputs = widths.map((count) => tf.input({ shape: [height, width, count] }));
        const output = tf.layers.concatenate().apply(inputs) as tf.SymbolicTensor;
        const branches = Object.fromEntries(
          widths.map((filters, index) => [
            `c${index}`,
            { type: "conv2d", from: "image", filters, kernelSize: 1 },
          ]),
        );
        const { analysis } = designOf({
          image: { type: "input", shape: [height, width, 2] },
          ...branches,
          join: { type: "concatenate", from: Object.keys(branches) },
        });
        expect(analysis.nodes.get("join")?.outputShape).toEqual(output.shape.slice(1));
      }),
      { numRuns: 20 },
    );
  });
});
