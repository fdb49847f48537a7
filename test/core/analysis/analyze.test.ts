import { describe, expect, test } from "vitest";
import { designOf, pointedAt, problemsOf } from "../designOf.ts";

const lenet = {
  image: { type: "input", shape: [32, 32, 1] },
  c1: { type: "conv2d", from: "image", filters: 6, kernelSize: 5 },
  s2: { type: "averagePooling2d", from: "c1" },
  c3: { type: "conv2d", from: "s2", filters: 16, kernelSize: 5 },
  s4: { type: "averagePooling2d", from: "c3" },
  flatten: { type: "flatten", from: "s4" },
  c5: { type: "dense", from: "flatten", units: 120 },
  f6: { type: "dense", from: "c5", units: 84 },
  output: { type: "dense", from: "f6", units: 10 },
};

describe("formulas", () => {
  test("each layer shows its own numbers, thousands separated", () => {
    const { analysis } = designOf(lenet);
    expect(
      Object.fromEntries(
        analysis.layers.map((layer) => [
          layer.id,
          [layer.parameterFormula, layer.macFormula, layer.outputFormula],
        ]),
      ),
    ).toEqual({
      image: ["", "", ""],
      c1: ["5·5·1·6 + 6 = 156", "28·28·5·5·1·6 = 117,600", "(32 − 5 + 2·0)/1 + 1 = 28"],
      s2: ["", "", "(28 − 2 + 2·0)/2 + 1 = 14"],
      c3: ["5·5·6·16 + 16 = 2,416", "10·10·5·5·6·16 = 240,000", "(14 − 5 + 2·0)/1 + 1 = 10"],
      s4: ["", "", "(10 − 2 + 2·0)/2 + 1 = 5"],
      flatten: ["", "", ""],
      c5: ["400·120 + 120 = 48,120", "400·120 = 48,000", ""],
      f6: ["120·84 + 84 = 10,164", "120·84 = 10,080", ""],
      output: ["84·10 + 10 = 850", "84·10 = 840", ""],
    });
  });

  test("rounding, uneven padding, dilation, and axes that differ", () => {
    const { analysis } = designOf({
      image: { type: "input", shape: [224, 112, 3] },
      a: { type: "conv2d", from: "image", filters: 1, kernelSize: 7, strides: 2, padding: 3 },
      b: { type: "conv2d", from: "image", filters: 1, kernelSize: 3, strides: 2, padding: "same" },
      c: { type: "conv2d", from: "image", filters: 1, kernelSize: 3, dilationRate: 2 },
      d: { type: "maxPooling2d", from: "image", poolSize: 3, strides: 2, ceilMode: true },
      e: { type: "batchNormalization", from: "image" },
    });
    const formula = (id: string) => analysis.layerById.get(id)?.outputFormula;
    expect(formula("a")).toBe("⌊(224 − 7 + 2·3)/2⌋ + 1 = 112; ⌊(112 − 7 + 2·3)/2⌋ + 1 = 56");
    expect(formula("b")).toBe("(224 − 3 + 0 + 1)/2 + 1 = 112; (112 − 3 + 0 + 1)/2 + 1 = 56");
    expect(formula("c")).toBe(
      "(224 − (2·(3 − 1) + 1) + 2·0)/1 + 1 = 220; (112 − (2·(3 − 1) + 1) + 2·0)/1 + 1 = 108",
    );
    expect(formula("d")).toBe("⌈(224 − 3 + 2·0)/2⌉ + 1 = 112; ⌈(112 − 3 + 2·0)/2⌉ + 1 = 56");
    expect(analysis.layerById.get("e")?.parameterFormula).toBe("2·3 + 2·3 = 12");
  });
});

describe("memory in bytes of float32", () => {
  test("weights and activations, and training with gradients and the state of Adam", () => {
    const training = {
      dataset: "mnist",
      batchSize: 8,
      optimizer: { type: "adam", learningRate: 0.001 },
    };
    const { analysis } = designOf(
      {
        image: { type: "input", shape: [4, 4, 1] },
        flat: { type: "flatten", from: "image" },
        out: { type: "dense", from: "flat", units: 10 },
      },
      { training },
    );
    expect(analysis.memory).toEqual({
      weights: 4 * 170,
      activations: 4 * (16 + 16 + 10),
      // Weights, a gradient and two moments; 42 activations and at most 32 gradients of them for 8 images.
      training: 4 * (170 * 4 + 8 * (42 + 32)),
      batchSize: 8,
    });
  });
});

describe("budget", () => {
  test("a limit that is exceeded is a warning at its place", () => {
    const design = designOf(lenet, { budget: { parameters: 60000, macs: 500000 } });
    expect(problemsOf(design)).toEqual([
      "budgetExceeded | The network has 61,706 parameters, 1,706 more than its budget of 60,000.",
    ]);
    expect(pointedAt(design, "budgetExceeded")).toBe("60000");
  });

  test("an incomplete network has at least so many", () => {
    const broken = { ...lenet, output: { ...lenet.output, units: 0 } };
    const { analysis } = designOf(broken, { budget: { parameters: 60000 } });
    expect(analysis.problems.at(-1)?.message).toContain("at least 60,856 parameters");
  });
});
