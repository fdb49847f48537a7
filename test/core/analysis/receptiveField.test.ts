import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { windowOf } from "../../../src/core/analysis/inputWindow.ts";
import type { AxisWindow } from "../../../src/core/layers/layer.ts";
import type { Network } from "../../../src/core/network/network.ts";
import { designOf } from "../designOf.ts";

type Node = Readonly<Record<string, unknown>>;

/** Pixels as `y·width + x`. */
type Pixels = ReadonlySet<number>;

/** For every unit of every layer the pixels it depends on, found by pushing sets of pixels forward through the graph. */
function dependencies(network: Network): ReadonlyMap<string, readonly Pixels[]> {
  const units = new Map<string, readonly Pixels[]>();
  const extents = new Map<string, readonly [number, number]>();
  for (const { id, type, inputs, inference } of network.layers) {
    if (inference === undefined) throw new Error(`${id} has no shape`);
    const shape = inference.outputShape;
    const before = extents.get(inputs[0] ?? "") ?? [1, 1];
    const { window } = inference;
    const keeps = shape.length !== 3 && window.type === "pointwise";
    const [height, width] = shape.length === 3 ? [shape[0]!, shape[1]!] : keeps ? before : [1, 1];
    extents.set(id, [height, width]);
    const sets = Array.from({ length: height * width }, () => new Set<number>());
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const set = sets[y * width + x]!;
        if (type === "input") set.add(y * width + x);
        for (const input of inputs) {
          const [inputHeight, inputWidth] = extents.get(input)!;
          const rows =
            window.type === "local" ? taps(window.height, y) : whole(window.type, y, inputHeight);
          const columns =
            window.type === "local" ? taps(window.width, x) : whole(window.type, x, inputWidth);
          for (const row of rows.filter((place) => place >= 0 && place < inputHeight)) {
            for (const column of columns.filter((place) => place >= 0 && place < inputWidth)) {
              for (const pixel of units.get(input)![row * inputWidth + column]!) set.add(pixel);
            }
          }
        }
      }
    }
    units.set(id, sets);
  }
  return units;
}

function taps(
  { size, stride, dilation, padding, upsampling = 1, evenOver }: AxisWindow,
  unit: number,
) {
  if (evenOver !== undefined) {
    const bins = Math.round(evenOver / stride);
    return range(0, evenOver - 1).filter(
      (place) => place * bins > unit * evenOver - bins && place * bins < (unit + 1) * evenOver,
    );
  }
  return range(0, size - 1)
    .map((tap) => (unit * stride - padding + tap * dilation) / upsampling)
    .filter((place) => Number.isInteger(place));
}

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const whole = (type: "pointwise" | "all", unit: number, extent: number) =>
  type === "pointwise" && extent > 1 ? [unit] : range(0, extent - 1);

function bounds(pixels: Pixels, imageWidth: number) {
  const ys = [...pixels].map((pixel) => Math.floor(pixel / imageWidth));
  const xs = [...pixels].map((pixel) => pixel % imageWidth);
  return {
    top: Math.min(...ys),
    bottom: Math.max(...ys),
    left: Math.min(...xs),
    right: Math.max(...xs),
  };
}

/** Layers whose windows are not evenly spread over the image, because it was enlarged or pooled unevenly before. */
function behindFractions(network: Network): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { id, inputs, inference } of network.layers) {
    const window = inference?.window;
    const axes = window?.type === "local" ? [window.height, window.width] : [];
    const isFraction = axes.some(
      (axis) => (axis.upsampling ?? 1) > 1 || axis.evenOver !== undefined,
    );
    if (isFraction || inputs.some((input) => found.has(input))) found.add(id);
  }
  return found;
}

/** Every unit of every layer against brute force, and the recurrences against the units that see no edge. */
function check(network: Network, analysis: ReturnType<typeof designOf>["analysis"]): void {
  const image = network.layers.find((layer) => layer.type === "input")!.inference!.outputShape;
  const [imageHeight, imageWidth] = [image[0]!, image[1]!];
  const fractional = behindFractions(network);
  for (const [id, sets] of dependencies(network)) {
    const layer = network.byId.get(id)!;
    const shape = layer.inference!.outputShape;
    const width = shape.length === 3 ? shape[1]! : Math.max(1, Math.round(Math.sqrt(sets.length)));
    const field = analysis.layerById.get(id)!.receptiveField!;
    for (const [index, pixels] of sets.entries()) {
      const [y, x] = [Math.floor(index / width), index % width];
      const seen = pixels.size === 0 ? undefined : bounds(pixels, imageWidth);
      if (shape.length === 3) expect(windowOf(network, id, y, x), `${id} ${y} ${x}`).toEqual(seen);
      if (seen === undefined || shape.length !== 3 || fractional.has(id)) continue;
      const top = y * field.stride[0] - field.padding[0];
      const left = x * field.stride[1] - field.padding[1];
      // The recurrences ignore the edges, so what is seen lies within; at a distance from them it is the same.
      const clipped = {
        top: Math.max(0, top),
        bottom: Math.min(imageHeight - 1, top + field.size[0] - 1),
        left: Math.max(0, left),
        right: Math.min(imageWidth - 1, left + field.size[1] - 1),
      };
      expect(seen.top, `${id} ${y} ${x}`).toBeGreaterThanOrEqual(clipped.top);
      expect(seen.bottom).toBeLessThanOrEqual(clipped.bottom);
      expect(seen.left).toBeGreaterThanOrEqual(clipped.left);
      expect(seen.right).toBeLessThanOrEqual(clipped.right);
    }
  }
}

describe("receptive fields against dependency sets", () => {
  test.each<[string, Record<string, Node>]>([
    [
      "residual units with a step and projections",
      {
        image: { type: "input", shape: [17, 21, 1] },
        a: { type: "residualBlock", from: "image", filters: 2, strides: 2, repeat: 2 },
        b: {
          type: "residualBlock",
          from: "a",
          filters: 4,
          order: "preActivation",
          strides: [1, 2],
        },
      },
    ],
    [
      "inception, dense block, transition",
      {
        image: { type: "input", shape: [16, 13, 2] },
        a: { type: "inceptionBlock", from: "image", branch1x1: 1, branch3x3: 1, branch5x5: 1 },
        b: { type: "denseBlock", from: "a", layers: 2, growthRate: 1 },
        c: { type: "transitionBlock", from: "b" },
        d: { type: "globalAveragePooling2d", from: "c" },
        e: { type: "dense", from: "d", units: 2 },
      },
    ],
    [
      "an hourglass of transposed convolution, upsampling and a shortcut",
      {
        image: { type: "input", shape: [16, 16, 1] },
        down: { type: "maxPooling2d", from: "image" },
        low: { type: "conv2d", from: "down", filters: 2, kernelSize: 3, padding: "same" },
        up: {
          type: "conv2dTranspose",
          from: "low",
          filters: 1,
          kernelSize: 3,
          strides: 2,
          padding: "same",
        },
        nearest: { type: "upSampling2d", from: "low" },
        bilinear: { type: "upSampling2d", from: "low", interpolation: "bilinear" },
        join: { type: "concatenate", from: ["image", "up", "nearest", "bilinear"] },
      },
    ],
    [
      "squeeze and excitation shows the whole map to every unit",
      {
        image: { type: "input", shape: [9, 9, 4] },
        a: { type: "conv2d", from: "image", filters: 4, kernelSize: 3 },
        b: { type: "squeezeExciteBlock", from: "a", filters: 2 },
        c: { type: "conv2d", from: "b", filters: 4, kernelSize: 3 },
      },
    ],
    [
      "cropping, padding and uneven adaptive pooling",
      {
        image: { type: "input", shape: [19, 14, 1] },
        a: { type: "zeroPadding2d", from: "image", padding: [1, 0, 2, 3] },
        b: { type: "cropping2d", from: "a", cropping: [2, 1, 0, 1] },
        c: { type: "adaptiveAveragePooling2d", from: "b", outputSize: [7, 5] },
        d: { type: "flatten", from: "c" },
      },
    ],
  ])("%s", (_name, nodes) => {
    const { network, analysis } = designOf(nodes);
    expect(analysis.problems).toEqual([]);
    check(network, analysis);
  });

  test("units in the middle see exactly what the recurrences say", () => {
    const { network, analysis } = designOf({
      image: { type: "input", shape: [64, 64, 1] },
      a: { type: "conv2d", from: "image", filters: 1, kernelSize: 5, strides: 2, padding: "same" },
      b: { type: "residualBlock", from: "a", filters: 1 },
      c: { type: "maxPooling2d", from: "b", poolSize: 3, strides: 2, padding: 1 },
    });
    const { size, stride, padding } = analysis.layerById.get("c")!.receptiveField!;
    const top = 8 * stride[0] - padding[0];
    expect(windowOf(network, "c", 8, 8)).toEqual({
      top,
      bottom: top + size[0] - 1,
      left: top,
      right: top + size[1] - 1,
    });
  });

  test("random graphs", () => {
    fc.assert(
      fc.property(randomNodes, (nodes) => {
        const { network, analysis } = designOf(nodes);
        // Layers that do not fit are part of life; the others are checked.
        const sound = network.layers.filter((layer) => layer.inference !== undefined);
        check({ ...network, layers: sound }, analysis);
      }),
      { numRuns: 60 },
    );
  });
});

describe("joins of branches that differ", () => {
  test("different centres are not aligned and take the hull", () => {
    // A 3 × 3 step of 2 with `same` pads 0 before and 1 behind on an even map, a 1 × 1 pads nothing.
    const { analysis } = designOf({
      image: { type: "input", shape: [8, 8, 1] },
      pool: { type: "maxPooling2d", from: "image", poolSize: 3, strides: 2, padding: "same" },
      shortcut: { type: "conv2d", from: "image", filters: 1, kernelSize: 1, strides: 2 },
      add: { type: "add", from: ["pool", "shortcut"] },
    });
    expect(analysis.layerById.get("add")?.receptiveField).toEqual({
      size: [3, 3],
      stride: [2, 2],
      padding: [0, 0],
      center: [1, 1],
      aligned: false,
    });
  });

  test("the same on an odd map is aligned", () => {
    const { analysis } = designOf({
      image: { type: "input", shape: [9, 9, 1] },
      pool: { type: "maxPooling2d", from: "image", poolSize: 3, strides: 2, padding: "same" },
      shortcut: { type: "conv2d", from: "image", filters: 1, kernelSize: 1, strides: 2 },
      add: { type: "add", from: ["pool", "shortcut"] },
    });
    expect(analysis.layerById.get("add")?.receptiveField?.aligned).toBe(true);
  });
});

const small = fc.integer({ min: 1, max: 3 });
const pair = fc.tuple(small, small);
const padding = fc.constantFrom("same", "valid", 1, [0, 1, 2, 0]);
const source = fc.nat();

const layer: fc.Arbitrary<Node> = fc.oneof(
  fc.record({
    type: fc.constant("conv2d"),
    filters: small,
    kernelSize: pair,
    strides: pair,
    padding,
    dilationRate: pair,
  }),
  fc.record({ type: fc.constant("depthwiseConv2d"), kernelSize: pair, strides: pair, padding }),
  fc.record({
    type: fc.constant("conv2dTranspose"),
    filters: small,
    kernelSize: pair,
    strides: pair,
    padding,
    dilationRate: pair,
  }),
  fc.record({
    type: fc.constant("maxPooling2d"),
    poolSize: pair,
    strides: pair,
    padding,
    ceilMode: fc.boolean(),
  }),
  fc.record({
    type: fc.constant("upSampling2d"),
    size: pair,
    interpolation: fc.constantFrom("nearest", "bilinear"),
  }),
  fc.record({ type: fc.constant("adaptiveAveragePooling2d"), outputSize: pair }),
  fc.record({ type: fc.constant("zeroPadding2d"), padding: fc.constant([1, 0, 2, 1]) }),
  fc.record({ type: fc.constant("cropping2d"), cropping: fc.constant([1, 0, 0, 1]) }),
  fc.constantFrom<Node>(
    { type: "activation" },
    { type: "add" },
    { type: "concatenate" },
    { type: "squeezeExciteBlock", filters: 1 },
  ),
);

/** Nodes that each read one or two of those before them. */
const randomNodes = fc
  .tuple(
    fc.tuple(fc.integer({ min: 4, max: 12 }), fc.integer({ min: 4, max: 12 })),
    fc.array(fc.tuple(layer, source, source), { minLength: 1, maxLength: 7 }),
  )
  .map(([[height, width], layers]) => {
    const nodes: Record<string, Node> = { image: { type: "input", shape: [height, width, 1] } };
    for (const [index, [options, one, other]] of layers.entries()) {
      const ids = Object.keys(nodes);
      const pick = (number: number) => ids[ids.length - 1 - (number % Math.min(3, ids.length))]!;
      const isJoin = options["type"] === "add" || options["type"] === "concatenate";
      nodes[`n${index}`] = {
        ...options,
        from: isJoin ? [pick(one), pick(other)] : ids.at(-1 - (one % Math.min(2, ids.length))),
      };
    }
    return nodes;
  });
