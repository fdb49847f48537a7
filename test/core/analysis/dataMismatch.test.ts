import { expect, it } from "vitest";
import { analyzeText } from "../../../src/core/analysis/analyze.ts";
import { applyEdits } from "../../../src/core/design/applyEdits.ts";
import { applyCommand } from "../../../src/core/design/edit.ts";

const design = (dataset: unknown, shape: readonly number[], units: number) =>
  JSON.stringify({
    version: 1,
    nodes: {
      image: { type: "input", shape },
      flat: { type: "flatten", from: "image" },
      output: { type: "dense", from: "flat", units },
      softmax: { type: "activation", from: "output", activation: "softmax" },
    },
    training: { dataset },
  });

const mismatch = (text: string) =>
  analyzeText(text).analysis.problems.filter(({ code }) => code === "dataMismatch");

it("says how a design and a known data set differ, with a fix that makes them fit", () => {
  const cifar = { type: "cifar100", path: "./cifar", labels: "coarse" };
  const text = design(cifar, [28, 28, 1], 10);
  const [problem] = mismatch(text);
  expect(problem?.message).toBe(
    "The data set cifar100 has images of 32 × 32 × 3 and 20 classes, the design takes 28 × 28 × 1 and gives 10 values.",
  );
  expect(problem?.fix?.title).toBe("Set Input to 32 × 32 × 3 and output to 20 Classes");
  const result = problem?.fix && applyCommand(text, problem.fix.command);
  expect(result?.type).toBe("edits");
  const mended = result?.type === "edits" ? applyEdits(text, result.edits) : "";
  expect(mended).toBe(design(cifar, [32, 32, 3], 20));
  expect(mismatch(mended)).toEqual([]);
});

it("has nothing to say where they fit, or where the images are not known", () => {
  expect(mismatch(design("mnist", [28, 28, 1], 10))).toEqual([]);
  expect(mismatch(design("mnist", [32, 32, 1], 10))).toEqual([]);
  expect(mismatch(design("synthetic", [9, 9, 2], 3))).toEqual([]);
  expect(mismatch(design("./images", [9, 9, 2], 3))).toEqual([]);
  expect(mismatch(design("mnist", [28, 28, 1], 11)).map(({ fix }) => fix?.title)).toEqual([
    "Set output to 10 Classes",
  ]);
});
