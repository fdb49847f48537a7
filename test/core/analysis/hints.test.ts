import { describe, expect, test } from "vitest";
import { zoo } from "../../../src/core/zoo/zoo.ts";
import { zooText } from "../../../src/core/zoo/zooText.ts";
import { analyzeText } from "../../../src/core/analysis/analyze.ts";
import { combineSuggestions, suggestImprovements } from "../../../src/core/analysis/suggestions.ts";
import { applyEdits } from "../../../src/core/design/applyEdits.ts";
import { applyCommand } from "../../../src/core/design/edit.ts";
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

describe("what other frameworks refuse", () => {
  const image = { type: "input", shape: [16, 16, 4] };

  test("strides with dilation, wide padding of a pooling", () => {
    const design = designOf({
      image,
      a: { type: "conv2d", from: "image", filters: 4, kernelSize: 3, strides: 2, dilationRate: 2 },
      b: { type: "depthwiseConv2d", from: "image", kernelSize: 3, strides: 2, dilationRate: 2 },
      c: { type: "maxPooling2d", from: "image", poolSize: [2, 4], padding: [2, 0] },
      all: { type: "maxPooling2d", from: "image", poolSize: [2, 4], padding: [1, 2] },
    });
    expect(problemsOf(design).filter((line) => line.startsWith("refusedElsewhere"))).toEqual([
      "refusedElsewhere | a: has strides of 2 together with a dilation of 2, which Keras refuses; PyTorch takes it. For Keras set one of the two to 1.",
      "refusedElsewhere | c: pads by more than half of its window of 2 × 4, which PyTorch refuses. Pad with zeroPadding2d before it, or by less.",
    ]);
    const marked = design.analysis.problems.filter(({ code }) => code === "refusedElsewhere");
    expect(
      marked.map(({ severity, option, range }) => [
        severity,
        option,
        design.parsed.text.slice(range!.offset, range!.offset + range!.length),
      ]),
    ).toEqual([
      ["information", "dilationRate", "2"],
      ["information", "padding", "[2,0]"],
    ]);
  });

  test("inside a block, once for the node", () => {
    const design = designOf(
      { image, twice: { type: "own", from: "image", repeat: 2 } },
      {
        blocks: {
          own: {
            inputs: ["x"],
            nodes: { p: { type: "maxPooling2d", from: "x", poolSize: 2, padding: [0, 2] } },
            output: "p",
          },
        },
      },
    );
    expect(problemsOf(design)).toEqual([
      "refusedElsewhere | twice: 1/p pads by more than half of its window of 2, which PyTorch refuses. Pad with zeroPadding2d before it, or by less.",
    ]);
  });

  test("an output padding that a word for the padding overrules", () => {
    const up = { type: "conv2dTranspose", from: "image", filters: 2, kernelSize: 3, strides: 2 };
    const design = designOf({ image, up: { ...up, padding: "same", outputPadding: 1 } });
    expect(problemsOf(design)).toEqual([
      'uselessOption | up: outputPadding does nothing, because padding "same" decides the size of the output. Give the padding as a number, or leave outputPadding out.',
    ]);
    expect(pointedAt(design, "uselessOption")).toBe("1");
    const [problem] = design.analysis.problems;
    const mended = applyCommand(design.parsed.text, problem!.fix!.command);
    expect(mended.type === "edits" && applyEdits(design.parsed.text, mended.edits)).not.toMatch(
      /outputPadding/,
    );
    expect(problemsOf(designOf({ image, up: { ...up, padding: 1, outputPadding: 1 } }))).toEqual(
      [],
    );
  });
});

describe("what stands in the way of training", () => {
  const image = { type: "input", shape: [4, 4, 2] };
  const recipe = { training: { dataset: "synthetic" } };
  const flat = { type: "flatten", from: "image" };
  const notTrainable = (
    nodes: Parameters<typeof designOf>[0],
    sections: Parameters<typeof designOf>[1] = recipe,
  ) =>
    designOf(nodes, sections).analysis.problems.flatMap(({ severity, code, message, fix }) =>
      code === "notTrainable" ? [`${severity} | ${message} | ${fix?.title ?? "no fix"}`] : [],
    );

  test("is said where the file has a recipe", () => {
    const map = { image, out: { type: "conv2d", from: "image", filters: 3, kernelSize: 1 } };
    expect(notTrainable(map)).toEqual([
      "warning | out: the output is 4 × 4 × 3; training needs one value a class. Add flatten or globalAveragePooling2d before the end. | no fix",
    ]);
    expect(notTrainable(map, {})).toEqual([]);
    expect(
      notTrainable({ image, flat, out: { type: "radialBasis", from: "flat", units: 3 } }),
    ).toHaveLength(1);
    const dense = { type: "dense", from: "flat", units: 3 };
    expect(notTrainable({ image, flat, one: dense, two: dense })).toEqual([
      "warning | one: the loss categoricalCrossentropy needs probabilities, and the last layer does not give them. Give the last layer the activation softmax, or choose the loss meanSquaredError. | Set Activation to Softmax",
    ]);
  });

  test("a loss that needs probabilities, with the change that gives them", () => {
    const dense = { type: "dense", from: "flat", units: 3 };
    expect(notTrainable({ image, flat, out: dense })).toEqual([
      "warning | out: the loss categoricalCrossentropy needs probabilities, and the last layer does not give them. Give the last layer the activation softmax, or choose the loss meanSquaredError. | Set Activation to Softmax",
    ]);
    expect(notTrainable({ image, flat, out: { ...dense, activation: "softmax" } })).toEqual([]);
    expect(
      notTrainable(
        { image, flat, out: dense },
        { training: { ...recipe.training, loss: "meanSquaredError" } },
      ),
    ).toEqual([]);
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

  test("those that go together are one change, with what all of them save", () => {
    const analyzed = analyzeText(text);
    const together = combineSuggestions(analyzed, suggestImprovements(analyzed));
    expect(together?.suggestions.map(({ kind, node }) => `${kind} ${node}`)).toEqual([
      "reduction b",
      "globalPooling flat",
      "uselessBias a",
    ]);
    const result = together && applyCommand(text, together.command);
    const edits = result?.type === "edits" ? result.edits : [];
    const { totals, problems } = analyzeText(applyEdits(text, edits)).analysis;
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(together?.saves).toEqual({
      parameters: analyzed.analysis.totals.parameters.total - totals.parameters.total,
      macs: analyzed.analysis.totals.macs - totals.macs,
    });
  });

  test("a network without waste gets none", () => {
    const network = zoo.find(({ id }) => id === "resnet20")!;
    expect(suggestImprovements(analyzeText(zooText(network)))).toEqual([]);
  });
});
