import { describe, expect, it } from "vitest";
import { layers } from "../../src/core/layers/layers.ts";
import type { Option } from "../../src/core/layers/option.ts";
import { formatOption, readTyped } from "../../webview/inspector/optionText.ts";

const { filters, kernelSize, strides, padding, activation, kernelRegularizer } =
  layers.conv2d.options;
const { rate } = layers.dropout.options;
const { shape } = layers.input.options;

describe("what is typed into an option", () => {
  it.each<readonly [Option, string, unknown]>([
    [filters, "12", 12],
    [filters, " 1,024 ", 1024],
    [kernelSize, "5", 5],
    [kernelSize, "5 × 3", [5, 3]],
    [kernelSize, "5x3", [5, 3]],
    [kernelSize, "5, 5", 5],
    [strides, "", undefined],
    [padding, "Same", "same"],
    [padding, "1", 1],
    [padding, "1 2", [1, 2]],
    [padding, "1, 2, 3, 4", [1, 2, 3, 4]],
    [rate, "0.25", 0.25],
    [shape, "224 × 224 × 3", [224, 224, 3]],
    [kernelRegularizer, "l2 0.0001", { l2: 0.0001 }],
    [kernelRegularizer, "L1=1e-5, L2=.5", { l1: 1e-5, l2: 0.5 }],
    [kernelRegularizer, '{ "l1": 0.25 }', { l1: 0.25 }],
  ])("%o reads %s", (option, text, value) => {
    expect(readTyped(option, text)).toEqual({ type: "value", value });
  });

  it.each<readonly [Option, string]>([
    [filters, ""],
    [filters, "six"],
    [filters, "0"],
    [filters, "2.5"],
    [kernelSize, "5 × 3 × 1"],
    [padding, "some"],
    [padding, "1 2 3"],
    [rate, "1"],
    [kernelRegularizer, "0.1"],
    [kernelRegularizer, "l3 0.1"],
    [kernelRegularizer, "l2 0.1 more"],
    [shape, "28 × 28"],
  ])("%o says what it expects instead of %s", (option, text) => {
    const typed = readTyped(option, text);
    expect(typed.type).toBe("invalid");
    expect(typed.type === "invalid" && typed.message).toMatch(/^Must be .+\.$/);
  });

  it("comes back as it is shown", () => {
    for (const [option, value] of [
      [filters, 12],
      [kernelSize, 5],
      [kernelSize, [5, 3]],
      [kernelRegularizer, { l1: 0.5, l2: 1e-7 }],
      [padding, "same"],
      [padding, [1, 2, 3, 4]],
      [activation, "relu"],
    ] as const) {
      expect(readTyped(option, formatOption(value))).toEqual({ type: "value", value });
    }
  });
});
