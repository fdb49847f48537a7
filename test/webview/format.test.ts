import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatChange,
  formatCount,
  formatDuration,
  formatLoss,
  formatPair,
  formatShare,
} from "../../webview/text/format.ts";
import { setStrings, t } from "../../webview/text/t.ts";

describe("figures", () => {
  it.each([
    [0, "0"],
    [61_706, "61,706"],
    [416_520, "416,520"],
    [9_999_999, "9,999,999"],
    [271_400_000, "271.4 M"],
    [4_089_184_256, "4.1 G"],
  ])("count %d as %s", (value, words) => expect(formatCount(value)).toBe(words));

  it.each([
    [156, "+156"],
    [-9248, "−9,248"],
    [117_600, "+117.6 k"],
    [-7_200_000, "−7.2 M"],
  ])("change by %d as %s", (value, words) => expect(formatChange(value)).toBe(words));

  it.each([
    [512, "512 B"],
    [246_824, "241 kB"],
    [1_181_116_006, "1.1 GB"],
  ])("%d bytes are %s", (value, words) => expect(formatBytes(value)).toBe(words));

  it("times, shares, losses and pairs", () => {
    expect([
      formatDuration(21.4),
      formatDuration(3727),
      formatShare(0.9893),
      formatLoss(0.0412),
      formatLoss(0.0000041),
      formatLoss(Number.NaN),
      formatPair([5, 5]),
      formatPair([3, 5]),
    ]).toEqual(["0:21", "1:02:07", "98.93 %", "0.0412", "4.1e-6", "NaN", "5", "3×5"]);
  });

  it("translate by their English text and put values in their places", () => {
    setStrings({ "{0} of {1}": "{1} 중 {0}" });
    expect([t("{0} of {1}", 3, "7"), t("{0} left", 2)]).toEqual(["7 중 3", "2 left"]);
    setStrings({});
  });
});
