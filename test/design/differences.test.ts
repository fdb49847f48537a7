import { expect, it } from "vitest";
import { differences } from "../../src/core/design/differences.ts";

it("finds what is not the same in all, with what one of them lacks", () => {
  const first = { c1: { type: "conv2d", filters: 6, kernelSize: [3, 3] }, seed: 1 };
  const second = { c1: { type: "conv2d", filters: 8, kernelSize: [3, 3], strides: 2 }, seed: 1 };
  expect(differences([first, second, first])).toEqual([
    { path: "c1.filters", values: ["6", "8", "6"] },
    { path: "c1.strides", values: ["", "2", ""] },
  ]);
  expect(differences([first, first])).toEqual([]);
});
