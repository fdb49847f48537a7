import { describe, expect, it } from "vitest";
import { resolveAxis } from "../../src/core/layers/window.ts";
import { slidingAxis, unitAtCell, windowStart } from "../../webview/inspector/field/slidingAxis.ts";

const axis = (
  extent: number,
  size: number,
  stride: number,
  padding: "same" | "valid",
  dilation = 1,
) => {
  const { output, before, after } = resolveAxis(extent, size, stride, dilation, padding);
  const window = { size, stride, dilation, padding: before, paddingAfter: after };
  return slidingAxis(window, extent, output);
};

describe("the drawing of a window on its input", () => {
  it("shows a small map with all its padding", () => {
    const { before, cells, after, units, isCut } = axis(6, 3, 1, "same");
    expect({ before, cells, after, units, isCut }).toEqual({
      before: 1,
      cells: 6,
      after: 1,
      units: 6,
      isCut: false,
    });
  });

  it("shows the corner of a large map, with whole windows only", () => {
    const drawn = axis(224, 7, 2, "same");
    expect([drawn.isCut, drawn.units, windowStart(drawn, drawn.units - 1) + 7]).toEqual([
      true,
      4,
      13,
    ]);
    expect(drawn.before + drawn.cells).toBe(14);
  });

  it("finds the unit whose window lies around a cell", () => {
    const drawn = axis(14, 5, 1, "valid");
    expect([0, 2, 5, 13].map((cell) => unitAtCell(drawn, cell))).toEqual([0, 0, 3, 9]);
  });

  it("keeps the whole of a window that is wider than the usual corner", () => {
    const drawn = axis(56, 5, 1, "valid", 6);
    expect([drawn.cells, drawn.units]).toEqual([26, 2]);
  });
});
