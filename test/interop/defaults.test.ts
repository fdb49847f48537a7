import { describe, expect, it } from "vitest";
import { layers, type LayerType } from "../../src/core/layers/layers.ts";
import type { Option } from "../../src/core/layers/option.ts";
import { ask, missingPython } from "./oracle.ts";

interface Answer {
  readonly layer: string;
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** Layers of Keras whose arguments have the names of our options. */
const classes: Readonly<Partial<Record<LayerType, string>>> = {
  conv2d: "Conv2D",
  depthwiseConv2d: "DepthwiseConv2D",
  separableConv2d: "SeparableConv2D",
  conv2dTranspose: "Conv2DTranspose",
  dense: "Dense",
  maxPooling2d: "MaxPooling2D",
  averagePooling2d: "AveragePooling2D",
  globalAveragePooling2d: "GlobalAveragePooling2D",
  globalMaxPooling2d: "GlobalMaxPooling2D",
  batchNormalization: "BatchNormalization",
  layerNormalization: "LayerNormalization",
  groupNormalization: "GroupNormalization",
  zeroPadding2d: "ZeroPadding2D",
  cropping2d: "Cropping2D",
  upSampling2d: "UpSampling2D",
  rescaling: "Rescaling",
};

/** Where Keras says something else for the same: none for the identity, nothing for "derive it". */
const sameThing: Readonly<Record<string, readonly [ours: unknown, theirs: unknown]>> = {
  activation: ["linear", null],
  outputPadding: [[0, 0], null],
  kernelRegularizer: [{ l1: 0, l2: 0 }, null],
};

const argumentOf = (option: string): string =>
  option === "keepDimensions"
    ? "keepdims"
    : option.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Pairs and paddings of one number as that number, names without underscores. */
function plain(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("_", "").toLowerCase();
  if (typeof value !== "object" || value === null) return value;
  const values = new Set(Object.values(value).map((part) => JSON.stringify(plain(part))));
  const [first] = values;
  return values.size === 1 && first !== undefined ? JSON.parse(first) : [...values];
}

describe.skipIf(missingPython("keras") !== undefined)("defaults of the options", () => {
  it("are those of Keras", async () => {
    const asked = Object.entries(classes);
    const answers = await ask<Answer>(
      "keras",
      "keras_defaults.py",
      asked.map(([, layer]) => ({ layer })),
    );
    const compared = asked.flatMap(([type], index) =>
      Object.entries<Option>(layers[type as LayerType].options).flatMap(([name, option]) => {
        const theirs = answers[index]?.defaults[argumentOf(name)];
        if (option.default === undefined || theirs === undefined) return [];
        const [ours, theirsToo] = sameThing[name] ?? [];
        const same =
          JSON.stringify(ours) === JSON.stringify(option.default) && theirs === theirsToo;
        const what = `${type}.${name}`;
        return [[what, plain(option.default), same ? plain(option.default) : plain(theirs)]];
      }),
    );
    expect(compared.length).toBeGreaterThan(40);
    expect(compared.filter(([, ours, theirs]) => ours !== theirs)).toEqual([]);
  });
});
