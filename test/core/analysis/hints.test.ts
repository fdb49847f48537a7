import { describe, expect, test } from "vitest";
import { zoo } from "../../../src/core/zoo/zoo.ts";
import { zooText } from "../../../src/core/zoo/zooText.ts";
import { analyzeText } from "../../../src/core/analysis/analyze.ts";
import { suggestImprovements } from "../../../src/core/analysis/suggestions.ts";
import { applyCommand, applyEdits } from "../../../src/core/design/edit.ts";
import { designOf, pointedAt, problemsOf } from "../designOf.ts";

const hintsOf = (id: string) =>
  analyzeText(zooText(zoo.find((network) => network.id === id)!)).analysis.problems.map(
    ({ severity, code, node }) => `${severity} ${code} ${node}`,
  );

describe("hints", () => {
  test("branches that look at different places, where they first meet", () => {
    // Keras' Xception: 3 × 3 steps beside 1 × 1 steps on even maps.
    expect(hintsOf("xception")).toEqual([
      "information misalignedBranches entry2",
      "information receptiveField relu4",
    ]);
    expect(hintsOf("resnet50v15")).toEqual([]);
  });

  test("a last map that sees little of the image, or far more than there is", () => {
    const design = designOf({
      image: { type: "input", shape: [64, 64, 3] },
      c: { type: "conv2d", from: "image", filters: 4, kernelSize: 5 },
      pool: { type: "globalAveragePooling2d", from: "c" },
    });
    expect(problemsOf(design)).toEqual([
      "receptiveField | c: each unit of this last map sees only 5 × 5 pixels of an image of 64 × 64. More layers, larger filters or more steps let it see the whole.",
    ]);
    expect(hintsOf("densenet121")).toEqual(["information receptiveField relu"]);
  });

  test("a bias that a batch normalization takes away", () => {
    const design = designOf({
      image: { type: "input", shape: [8, 8, 3] },
      c: { type: "conv2d", from: "image", filters: 4, kernelSize: 3, useBias: true },
      bn: { type: "batchNormalization", from: "c" },
    });
    expect(problemsOf(design)).toEqual([
      "uselessBias | c: the batch normalization behind it takes its bias away again; 4 parameters do nothing.",
    ]);
    expect(pointedAt(design, "uselessBias")).toBe("true");
    expect(hintsOf("vgg11Normalized")).toHaveLength(5);
    expect(hintsOf("vgg11")).toEqual([]);
  });
});

describe("suggestions", () => {
  const text = JSON.stringify({
    version: 1,
    name: "wasteful",
    nodes: {
      image: { type: "input", shape: [16, 16, 3] },
      a: { type: "conv2d", from: "image", filters: 64, kernelSize: 3, padding: "same" },
      bn: { type: "batchNormalization", from: "a" },
      b: { type: "conv2d", from: "bn", filters: 64, kernelSize: 5, padding: "same" },
      flat: { type: "flatten", from: "b" },
      out: { type: "dense", from: "flat", units: 10 },
    },
  });

  test("the most saving first, and each does what it says", () => {
    const analyzed = analyzeText(text);
    const suggestions = suggestImprovements(analyzed);
    expect(suggestions.map(({ kind, node }) => `${kind} ${node}`)).toEqual([
      "reduction b",
      "globalPooling flat",
      "factorization b",
      "uselessBias a",
    ]);
    for (const { command, saves } of suggestions) {
      const result = applyCommand(text, command);
      if (result.type === "refused") throw new Error(result.message);
      const { totals, problems } = analyzeText(applyEdits(text, result.edits)).analysis;
      expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(analyzed.analysis.totals.parameters.total - totals.parameters.total).toBe(
        saves.parameters,
      );
      expect(analyzed.analysis.totals.macs - totals.macs).toBe(saves.macs);
    }
    // 64 · 256 · 10 weights become 64 · 10; 5·5·64·64 become 64·16 + 16 and 5·5·16·64; the bias has 64.
    expect(suggestions.map(({ saves }) => saves.parameters)).toEqual([
      25 * 64 * 64 - (64 * 16 + 16 + 25 * 16 * 64),
      163840 - 640,
      25 * 64 * 64 + 64 - 2 * (9 * 64 * 64 + 64),
      64,
    ]);
  });

  test("a network without waste gets none", () => {
    const network = zoo.find(({ id }) => id === "resnet20")!;
    expect(suggestImprovements(analyzeText(zooText(network)))).toEqual([]);
  });
});
