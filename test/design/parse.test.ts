import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/core/design/problem.ts";
import { LONGEST_TEXT, parseDesign } from "../../src/core/design/parse.ts";
import { designText } from "./designTexts.ts";

const lenet = readFileSync("examples/lenet5.cnn.json", "utf8");

/** Problems with the text that each marks, in place of its range. */
function marked(text: string): readonly object[] {
  return parseDesign(text).problems.map(({ range, ...problem }: Problem) => ({
    ...problem,
    at: range && text.slice(range.offset, range.offset + range.length),
  }));
}

/** A design of one node, with the version that keeps it quiet. */
const withNode = (node: string) => `{"version": 1, "nodes": {"c1": ${node}}}`;
const with1 = (rest: string) => `{"version": 1, ${rest}}`;

describe("parseDesign", () => {
  it("reads LeNet-5", () => {
    const { design, problems, isJson } = parseDesign(lenet);
    expect({ problems, isJson, name: design.name }).toEqual({
      problems: [],
      isJson: true,
      name: "LeNet-5",
    });
    expect([...design.nodes.keys()]).toEqual([
      "image",
      "c1",
      "s2",
      "c3",
      "s4",
      "flatten",
      "c5",
      "f6",
      "output",
    ]);
    expect(design.nodes.get("c1")).toEqual({
      id: "c1",
      type: "conv2d",
      from: ["image"],
      options: { filters: 6, kernelSize: 5, padding: "same", activation: "tanh" },
      repeat: 1,
    });
  });

  it("fills a recipe with Keras's defaults", () => {
    const { training } = parseDesign(
      with1('"training": {"dataset": "mnist", "optimizer": "sgd"}'),
    ).design;
    expect(training).toEqual({
      dataset: { type: "mnist" },
      normalization: "scale",
      classWeights: "none",
      optimizer: {
        type: "sgd",
        learningRate: 0.01,
        momentum: 0,
        nesterov: false,
        weightDecay: 0,
        clipNorm: 0,
        globalClipNorm: 0,
        clipValue: 0,
      },
      schedule: { type: "constant", warmupEpochs: 0 },
      loss: "categoricalCrossentropy",
      labelSmoothing: 0,
      auxiliaryWeight: 0.3,
      batchSize: 32,
      epochs: 5,
      validationSplit: 0.1,
      initialWeights: "",
      precision: "float32",
      seed: 1,
    });
    const adam = parseDesign(with1('"training": {"dataset": "mnist"}')).design.training?.optimizer;
    expect(adam).toEqual({
      type: "adam",
      learningRate: 0.001,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-7,
      weightDecay: 0,
      clipNorm: 0,
      globalClipNorm: 0,
      clipValue: 0,
    });
  });

  it("reads a schedule, early stopping and a batch of everything", () => {
    const { design, problems } = parseDesign(
      with1(
        '"training": {"dataset": "mnist", "schedule": {"type": "piecewise", "epochs": [3, 5]}, "earlyStopping": {"patience": 2}, "batchSize": "full"}',
      ),
    );
    expect(problems).toEqual([]);
    expect(design.training).toMatchObject({
      schedule: { type: "piecewise", factor: 0.1, epochs: [3, 5], warmupEpochs: 0 },
      earlyStopping: { monitor: "loss", patience: 2, minDelta: 0, restoreBest: true },
      batchSize: "full",
    });
  });

  it("takes one limit of the gradient only", () => {
    const { problems, design } = parseDesign(
      with1(
        '"training": {"dataset": "mnist", "optimizer": {"type": "sgd", "clipNorm": 1, "clipValue": 1}}',
      ),
    );
    expect(problems.map(({ message }) => message)).toEqual([
      "optimizer can limit its gradients in one way only, and has clipNorm and clipValue. Remove all but one.",
    ]);
    expect(design.training?.optimizer).toMatchObject({ clipNorm: 0, clipValue: 0 });
  });

  it("says where values and keys stand", () => {
    const parsed = parseDesign(lenet);
    const text = (range: { offset: number; length: number } | undefined) =>
      range && lenet.slice(range.offset, range.offset + range.length);
    expect(text(parsed.rangeOf(["nodes", "c3", "filters"]))).toBe("16");
    expect(text(parsed.rangeOf(["nodes", "image", "shape", 2]))).toBe("1");
    expect(text(parsed.keyRangeOf(["nodes", "c3"]))).toBe('"c3"');
    expect(parsed.rangeOf(["nodes", "c3", "nothing"])).toBeUndefined();
    expect(parsed.rangeOf(["nodes", 0])).toBeUndefined();
  });

  const texts: readonly (readonly [what: string, text: string, problems: readonly object[]])[] = [
    ["an empty file", "", []],
    ["a file of comments", "// soon\n", []],
    ["an empty design", "{}", []],
    [
      "no version",
      '{"nodes": {}}',
      [
        {
          severity: "information",
          code: "unsupportedVersion",
          at: "{",
          message: 'The file names no version and is read as version 1; add "version": 1.',
        },
      ],
    ],
    [
      "a newer version",
      '{"version": 2, "nodes": {}}',
      [
        {
          severity: "error",
          code: "unsupportedVersion",
          at: "2",
          message:
            "The file has version 2, and this CNN Architect reads version 1: update CNN Architect. What it understands is shown and cannot be edited.",
        },
      ],
    ],
    [
      "a version that is none",
      '{"version": "1"}',
      [
        {
          severity: "error",
          code: "invalidValue",
          at: '"1"',
          message: 'version must be 1, not "1".',
        },
      ],
    ],
    [
      "not an object",
      "[1, 2]",
      [
        {
          severity: "error",
          code: "invalidValue",
          at: "[1, 2]",
          message: "A design must be an object { ... }, not [1,2].",
        },
      ],
    ],
    [
      "not JSON",
      "hello",
      [
        {
          severity: "error",
          code: "invalidJson",
          at: "hello",
          message: "hello is not a value: text must stand in double quotes.",
        },
      ],
    ],
    [
      "an unknown section",
      with1('"trainings": {}'),
      [
        {
          severity: "warning",
          code: "unknownKey",
          at: '"trainings"',
          message:
            'A design has no key "trainings"; it is kept and not used. Did you mean "training"?',
        },
      ],
    ],
    [
      "a node twice",
      with1('"nodes": {"c1": {"type": "input"}, "c1": {"type": "flatten"}}'),
      [
        {
          severity: "error",
          code: "duplicateKey",
          at: '"c1"',
          message: 'nodes has "c1" twice: only the last one holds. Remove or rename this one.',
        },
      ],
    ],
    [
      "an option twice",
      withNode('{"type": "dense", "units": 1, "units": 2}'),
      [
        {
          severity: "error",
          code: "duplicateKey",
          node: "c1",
          at: '"units"',
          message: 'c1 has "units" twice: only the last one holds. Remove or rename this one.',
        },
      ],
    ],
    [
      "a node that is no object",
      withNode("5"),
      [
        {
          severity: "error",
          code: "invalidValue",
          node: "c1",
          at: "5",
          message: 'c1 must be an object with a "type", such as {"type": "conv2d"}, not 5.',
        },
      ],
    ],
    [
      "no type",
      withNode("{}"),
      [
        {
          severity: "error",
          code: "unknownType",
          node: "c1",
          option: "type",
          at: '"c1"',
          message:
            'c1 has no type: add "type" with the name of a layer or block, such as "conv2d".',
        },
      ],
    ],
    [
      "a name with a slash",
      with1('"nodes": {"a/b": {"type": "input"}}'),
      [
        {
          severity: "error",
          code: "invalidValue",
          at: '"a/b"',
          message:
            '"a/b" cannot be the name of a node: it holds a "/", which stands for the inside of a block.',
        },
      ],
    ],
    [
      "from a number",
      withNode('{"type": "add", "from": ["x", 3]}'),
      [
        {
          severity: "error",
          code: "invalidValue",
          node: "c1",
          option: "from",
          at: "3",
          message: "c1: from must be the name of a node or a list of names, not 3.",
        },
      ],
    ],
    [
      "a repeat of 0",
      withNode('{"type": "residualBlock", "repeat": 0}'),
      [
        {
          severity: "error",
          code: "invalidOption",
          node: "c1",
          option: "repeat",
          at: "0",
          message: "c1: repeat must be a whole number from 1 to 1,000, not 0.",
        },
      ],
    ],
    [
      "a recipe without data",
      with1('"training": {"epochs": 1}'),
      [
        {
          severity: "warning",
          code: "noDataset",
          at: "{",
          message:
            'training names no data set: add "dataset": "mnist", "synthetic", "fashion-mnist" or { "type": "imageFolder", "path": "./images" }.',
        },
      ],
    ],
    [
      "a recipe with wrong values",
      with1(
        '"training": {"dataset": "minst", "optimizer": {"type": "adma"}, "batchSize": 0, "validationSplit": 1, "lr": 1}',
      ),
      [
        {
          severity: "warning",
          code: "unknownKey",
          at: '"lr"',
          message: 'training has no key "lr"; it is kept and not used.',
        },
        {
          severity: "warning",
          code: "noDataset",
          option: "dataset",
          at: '"minst"',
          message: 'There is no data set "minst". Did you mean "mnist"?',
        },
        {
          severity: "error",
          code: "invalidValue",
          option: "optimizer",
          at: '"adma"',
          message:
            'optimizer must be "adam", "adamW", "sgd", "rmsprop" or "adagrad", not "adma". Did you mean "adam"?',
        },
        {
          severity: "error",
          code: "invalidValue",
          option: "batchSize",
          at: "0",
          message:
            'batchSize of training must be a whole number from 1 to 65,536 or "full", not 0.',
        },
        {
          severity: "error",
          code: "invalidValue",
          option: "validationSplit",
          at: "1",
          message:
            "validationSplit of training must be a number at least 0 and less than 1, not 1.",
        },
      ],
    ],
    [
      "a number beyond all bounds",
      with1('"budget": {"macs": 1e999}'),
      [
        {
          severity: "error",
          code: "invalidValue",
          option: "macs",
          at: "1e999",
          message:
            "macs of budget must be a whole number from 1 to 1,000,000,000,000,000, not Infinity.",
        },
      ],
    ],
    [
      "a position of nothing",
      with1('"nodes": {"c1": {"type": "input"}}, "canvas": {"c2": [1, 2], "c1": ["1", 2]}'),
      [
        {
          severity: "warning",
          code: "unknownKey",
          at: '"c2"',
          message: 'canvas has a position for "c2", and there is no such node. Did you mean "c1"?',
        },
        {
          severity: "warning",
          code: "invalidValue",
          node: "c1",
          at: '["1", 2]',
          message:
            'The position of c1 must be [x, y] in pixels, not ["1",2]; it is placed by the layout.',
        },
      ],
    ],
    [
      "a block without output",
      with1(
        '"blocks": {"mine": {"inputs": ["x"], "nodes": {"c": {"type": "conv2d", "from": "y"}}}}',
      ),
      [
        {
          severity: "error",
          code: "invalidValue",
          at: '"mine"',
          message: "blocks.mine has no output: add the name of the node that leaves it.",
        },
        {
          severity: "error",
          code: "unknownInput",
          option: "from",
          at: '"y"',
          message: 'blocks.mine.nodes.c reads "y", which is no node and no input of the block.',
        },
      ],
    ],
  ];
  it.each(texts)("names %s", (_what, text, problems) => {
    expect(marked(text)).toEqual(problems);
  });

  it("reads a block of the file", () => {
    const text = with1(
      '"blocks": {"mine": {"parameters": {"k": 32}, "inputs": ["x"], "nodes": {"c": {"type": "conv2d", "from": "x", "filters": "4*k", "kernelSize": 1}}, "output": "c"}}',
    );
    const { design, problems } = parseDesign(text);
    expect(problems).toEqual([]);
    expect(design.blocks.get("mine")).toEqual({
      parameters: { k: 32 },
      inputs: ["x"],
      nodes: new Map([
        [
          "c",
          {
            id: "c",
            type: "conv2d",
            from: ["x"],
            options: { filters: "4*k", kernelSize: 1 },
            repeat: 1,
          },
        ],
      ]),
      output: "c",
    });
  });

  it("refuses what is far too large at once", () => {
    const { problems, isJson } = parseDesign(" ".repeat(LONGEST_TEXT + 1));
    expect(isJson).toBe(false);
    expect(problems).toMatchObject([{ severity: "error", code: "tooLarge" }]);
  });

  it("bounds how deep and how many", () => {
    const deep = parseDesign(
      `{"version": 1, "nodes": {"a": {"type": "input", "x": ${"[".repeat(100_000)}`,
    );
    expect(deep.problems[0]).toMatchObject({
      code: "invalidJson",
      message: "Values are nested deeper than 64 levels here.",
    });
    expect(deep.design.nodes.has("a")).toBe(true);
    const entries = Array.from(
      { length: 20_002 },
      (_, index) => `"n${index}": {"type": "flatten"}`,
    );
    const many = parseDesign(with1(`"nodes": {${entries.join(",")}}`));
    expect(many.design.nodes.size).toBe(20_000);
    expect(many.problems).toMatchObject([{ severity: "error", code: "tooLarge" }]);
  });
});

describe("a text in the middle of an edit", () => {
  const ids = [...parseDesign(lenet).design.nodes.keys()];
  const slips: readonly (readonly [what: string, from: string, to: string])[] = [
    ["a value to come", '"poolSize": 2 },', '"poolSize": },'],
    ["a value and a brace to come", '"poolSize": 2 },', '"poolSize": '],
    ["a brace to come", '"poolSize": 2 },', '"poolSize": 2,'],
    ["a quote to come", '"from": "c1", "poolSize": 2 },', '"from": "c1'],
    ["a colon to come", '"kernelSize": 5', '"kernelSize" 5'],
    ["a comma to come", '"filters": 6, "kernelSize"', '"filters": 6 "kernelSize"'],
    ["a comma between nodes to come", '"poolSize": 2 },', '"poolSize": 2 }'],
    ["a word without quotes", '"same"', "same"],
    ["a key without quotes", '"padding"', "padding"],
    ["a bracket to come", "[28, 28, 1] }", "[28, 28, 1 }"],
    ["a brace too many", '"poolSize": 2 },', '"poolSize": 2 }},'],
    ["two commas", '"filters": 6,', '"filters": 6,,'],
  ];
  it.each(slips)("keeps the nodes around %s", (_what, from, to) => {
    expect(lenet).toContain(from);
    const text = lenet.replace(from, to);
    const { design, problems, isJson } = parseDesign(text);
    expect(isJson).toBe(false);
    expect(problems.some(({ code }) => code === "invalidJson")).toBe(true);
    if (to.endsWith("}},")) return;
    expect([...design.nodes.keys()]).toEqual(ids);
    expect(design.training?.dataset).toEqual({ type: "mnist" });
  });

  it("keeps at least the nodes before the place, wherever the text ends", () => {
    for (let end = 0; end <= lenet.length; end++) {
      const { design } = parseDesign(lenet.slice(0, end));
      const closed = ids.filter((id) => {
        const key = lenet.indexOf(`"${id}": {`);
        return lenet.indexOf("}", key) < end;
      });
      expect([...design.nodes.keys()].slice(0, closed.length)).toEqual(closed);
    }
  });
});

describe("any text", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    fc
      .array(
        fc.constantFrom(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          '"nodes"',
          '"a"',
          '"type"',
          '"from"',
          "1",
          "x",
          "//\n",
          "/*",
          '"',
          "\\",
        ),
        { maxLength: 60 },
      )
      .map((parts) => parts.join("")),
    fc.tuple(designText, fc.nat(), fc.nat(20), fc.string()).map(([text, at, length, put]) => {
      const offset = at % text.length;
      return text.slice(0, offset) + put + text.slice(offset + length);
    }),
  );

  it("never throws, and every range lies in the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { message, range } of parseDesign(text).problems) {
          expect(message).toMatch(/[.!?]$/);
          expect(range).toBeDefined();
          expect(range!.offset).toBeGreaterThanOrEqual(0);
          expect(range!.offset + range!.length).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
