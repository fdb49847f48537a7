import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { readOption, readOptions } from "../../src/core/design/readOptions.ts";
import { nearestName } from "../../src/core/design/nearestName.ts";
import type { JsonValue, Option, OptionTable } from "../../src/core/layers/option.ts";

const description = "For the test.";
const table = {
  filters: { kind: "integer", minimum: 1, description },
  rate: { kind: "number", minimum: 0, exclusiveMaximum: 1, default: 0.5, description },
  useBias: { kind: "boolean", default: true, description },
  kernelSize: { kind: "pair", minimum: 1, maximum: 11, default: [3, 3], description },
  strides: { kind: "optionalPair", minimum: 1, default: null, description },
  padding: { kind: "padding", default: "valid", description },
  activation: { kind: "choice", values: ["linear", "relu"], default: "linear", description },
  shape: { kind: "shape", ranks: [1, 3], default: [1], description },
  kernelRegularizer: { kind: "regularizer", default: { l1: 0, l2: 0 }, description },
} as const satisfies OptionTable;

describe("readOptions", () => {
  it("fills in every default", () => {
    expect(readOptions(table, { filters: 6 })).toEqual({
      values: {
        filters: 6,
        rate: 0.5,
        useBias: true,
        kernelSize: [3, 3],
        strides: null,
        padding: "valid",
        activation: "linear",
        shape: [1],
        kernelRegularizer: { l1: 0, l2: 0 },
      },
      issues: [],
    });
  });

  it("keeps the values when only an unknown option stands beside them", () => {
    const { values, issues } = readOptions(table, { filters: 6, kernel_size: 5 });
    expect(values?.filters).toBe(6);
    expect(issues).toEqual([
      {
        option: "kernel_size",
        code: "unknownOption",
        message: '"kernel_size" is not an option of this type. Did you mean "kernelSize"?',
      },
    ]);
  });

  it("names what is missing and what is wrong, all at once", () => {
    expect(readOptions(table, { kernelSize: 0, activation: "Relu" })).toEqual({
      issues: [
        {
          option: "filters",
          code: "missingOption",
          message: "filters is missing: it must be a whole number from 1 to 1,000,000.",
        },
        {
          option: "kernelSize",
          code: "invalidOption",
          message:
            "kernelSize must be a whole number from 1 to 11 or a pair [height, width] of them, not 0.",
        },
        {
          option: "activation",
          code: "invalidOption",
          message: 'activation must be "linear" or "relu", not "Relu". Did you mean "relu"?',
        },
      ],
    });
  });

  it("does not mistake names of Object.prototype for options", () => {
    const raw = JSON.parse('{"filters": 1, "constructor": 1, "__proto__": 2}') as Record<
      string,
      JsonValue
    >;
    expect(readOptions(table, raw).issues.map(({ option }) => option)).toEqual([
      "constructor",
      "__proto__",
    ]);
  });
});

describe("readOption", () => {
  const good: readonly (readonly [keyof typeof table, JsonValue, unknown])[] = [
    ["filters", 1_000_000, 1_000_000],
    ["kernelSize", 5, [5, 5]],
    ["kernelSize", [1, 7], [1, 7]],
    ["strides", null, null],
    ["strides", [2, 1], [2, 1]],
    ["padding", "same", "same"],
    ["padding", 2, { top: 2, bottom: 2, left: 2, right: 2 }],
    ["padding", -0, { top: 0, bottom: 0, left: 0, right: 0 }],
    ["padding", [1, 3], { top: 1, bottom: 1, left: 3, right: 3 }],
    ["padding", [0, 1, 2, 3], { top: 0, bottom: 1, left: 2, right: 3 }],
    ["rate", 0, 0],
    ["shape", [28, 28, 1], [28, 28, 1]],
    ["kernelRegularizer", {}, { l1: 0, l2: 0 }],
    ["kernelRegularizer", { l2: 0.0001 }, { l1: 0, l2: 0.0001 }],
  ];
  it.each(good)("%s takes %j", (name, raw, value) => {
    expect(readOption<Option>(table[name], raw)).toEqual({ value });
  });

  const bad: readonly (readonly [keyof typeof table, JsonValue])[] = [
    ["filters", 0],
    ["filters", 1.5],
    ["filters", 1_000_001],
    ["filters", Infinity],
    ["filters", NaN],
    ["filters", "6"],
    ["filters", null],
    ["filters", [6]],
    ["rate", 1],
    ["rate", -0.1],
    ["rate", "0.5"],
    ["useBias", 1],
    ["kernelSize", [3]],
    ["kernelSize", [3, 3, 3]],
    ["kernelSize", [3, 0]],
    ["kernelSize", 12],
    ["kernelSize", null],
    ["strides", 0],
    ["padding", "full"],
    ["padding", -1],
    ["padding", [1, 2, 3]],
    ["padding", [1, 2, 3, 4, 5]],
    ["padding", { top: 1 }],
    ["activation", 3],
    ["shape", 28],
    ["shape", [28, 28]],
    ["shape", [28, 0, 1]],
    ["shape", []],
    ["kernelRegularizer", 0.1],
    ["kernelRegularizer", [0.1]],
    ["kernelRegularizer", null],
    ["kernelRegularizer", { l2: -1 }],
    ["kernelRegularizer", { l3: 1 }],
  ];
  it.each(bad)("%s refuses %j", (name, raw) => {
    expect(readOption<Option>(table[name], raw)).toHaveProperty("expected");
  });

  it("takes any JSON value without throwing, and its own defaults again", () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(table)), fc.jsonValue(), (name, raw) => {
        const option: Option = table[name as keyof typeof table];
        const read = readOption(option, raw as JsonValue);
        expect("value" in read || read.expected.length > 0).toBe(true);
      }),
    );
  });
});

describe("nearestName", () => {
  it("takes no letter for another, only for the same in another case", () => {
    expect(nearestName("x", ["a", "b"])).toBeUndefined();
    expect(nearestName("K", ["a", "k"])).toBe("k");
    expect(nearestName("ab", ["a"])).toBe("a");
  });

  it.each([
    ["Conv2D", "conv2d"],
    ["conv_2d", "conv2d"],
    ["cnov2d", "conv2d"],
    ["maxpool2d", "maxPooling2d"],
    ["zzz", undefined],
    ["", undefined],
  ])("%s: %s", (name, expected) => {
    expect(nearestName(name, ["conv2d", "dense", "maxPooling2d"])).toBe(expected);
  });
});
