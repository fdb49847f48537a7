import { beforeAll, describe, expect, it } from "vitest";
import korean from "../../../l10n/bundle.l10n.ko.json" with { type: "json" };
import { analyzeText } from "../../../src/core/analysis/analyze.ts";
import { suggestImprovements } from "../../../src/core/analysis/suggestions.ts";
import { blocks } from "../../../src/core/blocks/blocks.ts";
import type { EditCommand } from "../../../src/core/design/command.ts";
import { applyCommand } from "../../../src/core/design/edit.ts";
import { readFragment } from "../../../src/core/design/fragment.ts";
import type { Problem, ProblemCode } from "../../../src/core/design/problem.ts";
import { layers } from "../../../src/core/layers/layers.ts";
import type { OptionTable } from "../../../src/core/layers/option.ts";
import { setStrings } from "../../../src/core/text/t.ts";

beforeAll(() => setStrings(korean));

/** English that was left: three words in a row outside of quotes, names of the file aside. */
const english = /[A-Za-z]+ [A-Za-z]+ [A-Za-z]+/;

const isKorean = (text: string): boolean =>
  /[가-힣]/.test(text) && !english.test(text.replaceAll(/"[^"]*"|\[[^\]]*\]|\{[^}]*\}/g, "□"));

const notKorean = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].filter((text) => !isKorean(text));

const wordsOf = ({ message, fix }: Problem): readonly string[] =>
  fix === undefined ? [message] : [message, fix.title];

const saidOf = (text: string): readonly string[] =>
  analyzeText(text).analysis.problems.flatMap(wordsOf);

type Nodes = Readonly<Record<string, unknown>>;

const image = { type: "input", shape: [16, 16, 4] };

const design = (nodes: Nodes, more: Nodes = {}): string =>
  JSON.stringify({ version: 1, nodes, ...more });

const inBlock = (block: Nodes, instance: Nodes = {}): string =>
  design(
    { image, n: { type: "mine", from: "image", ...instance } },
    {
      blocks: {
        mine: {
          parameters: { k: 2 },
          inputs: ["x"],
          nodes: { c: { type: "conv2d", from: "x", filters: "k", kernelSize: 1 } },
          output: "c",
          ...block,
        },
      },
    },
  );

const one = (node: Nodes): string => design({ image, n: { from: "image", ...node } });
const conv = { type: "conv2d", filters: 8, kernelSize: 3 };
const trained = (training: unknown): string =>
  design(
    { image, f: { type: "flatten", from: "image" }, d: { type: "dense", from: "f", units: 2 } },
    { training },
  );
const expressions = ["8/0", "k k", "8+", "(k", "q*2", "9".repeat(201), "1e999*k", "k#", "9*)"];
const twoMaps = (other: Nodes, join: Nodes): string =>
  design({
    image,
    a: { from: "image", ...conv, padding: "same" },
    b: { from: "image", ...conv, ...other },
    j: { from: ["a", "b"], ...join },
  });

/** Designs with every code of a problem; what `Record` lacks the type checker names. */
const invalid: Readonly<Record<ProblemCode, readonly string[]>> = {
  invalidJson: [
    "hello",
    "{",
    '{"version": 1, "nodes": [',
    '{"version" 1}',
    '{"version":}',
    "{version: 1}",
    '{"version": 1 "name": "x"}',
    '{"a": "x}',
    '{"a": "\\u12"}',
    '{"a": "\\q"}',
    '{"a": 1.}',

    '{"a": "\t"}',
    "{} {}",
    "{ /* open",
    '{"a": [1,,2]}',
    "{{}}",
    '{"a": tru}',
    "{1: 2}",
    "[".repeat(400),
  ],
  unsupportedVersion: ['{"version": 99, "nodes": {}}', '{"nodes": {}}'],
  invalidValue: [
    "[]",
    '{"version": "1"}',
    '{"version": 1, "name": 3}',
    '{"version": 1, "nodes": []}',
    design({ "": image }),
    design({ " a": image }),
    design({ "a/b": image }),
    design({ ["x".repeat(201)]: image }),
    design({ image: 3 }),
    one({ ...conv, from: [3] }),
    design({ image }, { canvas: [] }),
    design({ image }, { canvas: { image: ["1", 2] } }),
    design({ image }, { budget: 3 }),
    design({ image }, { budget: { macs: "x" } }),

    design({ image }, { blocks: 3 }),
    inBlock({ inputs: ["x", "x"] }),
    inBlock({ output: "d" }),
    inBlock({ nodes: 3 }),
    inBlock({ parameters: 3 }),
    inBlock({ inputs: ["c"] }),
    design({ image }, { blocks: { mine: {} } }),
    design({ image }, { blocks: { mine: 3 } }),

    trained(3),
    trained({ optimizer: 3 }),
    trained({ optimizer: "adamm" }),
    trained({ optimizer: {} }),

    trained({ optimizer: { type: "sgd", clipNorm: 1, clipValue: 1 } }),
    trained({ epochs: -1 }),

    trained({ augmentation: 3 }),
    trained({ earlyStopping: 3 }),
    trained({ loss: "mse" }),
    trained({ dataset: 3 }),
  ],
  duplicateKey: [
    '{"version": 1, "version": 1, "nodes": {"a": {"type": "input", "type": "input"}}}',
  ],
  unknownKey: [
    '{"version": 1, "node": {}}',
    design({ image }, { canvas: { imge: [1, 2] } }),
    design({ image }, { budget: { mac: 1 } }),
    inBlock({ node: 1 }),
    trained({ epoch: 1 }),
  ],
  unknownType: [one({ type: "conv2" }), one({}), one({ type: 3 }), one({ type: "zzzzzz" })],
  unknownOption: [
    one({ ...conv, filter: 3 }),
    one({ type: "flatten", zzzzzz: 1 }),
    one({ ...conv, zzzzzz: 1 }),

    inBlock({}, { q: 1 }),
    inBlock({ parameters: {} }, { q: 1 }),
    trained({ optimizer: { type: "sgd", x: 1 } }),

    trained({ dataset: { type: "csv", path: "a.csv", x: 1 } }),
    trained({ augmentation: { x: 1 } }),
  ],
  missingOption: [
    one({ type: "conv2d" }),
    one({ type: "dense" }),
    design({ image: { type: "input" } }),
  ],
  invalidOption: [
    ...expressions.map((filters) =>
      inBlock({ nodes: { c: { type: "conv2d", from: "x", filters, kernelSize: 1 } } }),
    ),
    one({ ...conv, repeat: 0 }),
    design({ image: { ...image, repeat: 2 } }),
    inBlock({ parameters: { k: "two" } }),
    inBlock({ nodes: { c: { ...conv, from: "x", repeat: "k-2" } } }),
  ],
  missingInput: [design({ image, n: conv }), design({ image, n: { type: "add", from: "image" } })],
  tooManyInputs: [
    design({ image, second: image }),
    design({ image, b: { ...image, from: ["image"] } }),
    design({ image, b: { ...image, from: ["image", "image"] } }),
    one({ ...conv, from: ["image", "image"] }),
    inBlock({ inputs: ["x", "y"] }, { from: ["image", "image", "image"] }),
  ],
  unknownInput: [
    one({ ...conv, from: "imge" }),
    inBlock({ nodes: { c: { type: "conv2d", from: "y", filters: 1, kernelSize: 1 } } }),
  ],
  cycle: [
    design({ image, a: { type: "add", from: ["image", "b"] }, b: { type: "relu", from: "a" } }),
    inBlock({ nodes: { c: { type: "mine", from: "x" } } }),
  ],
  shapeMismatch: [
    one({ type: "dense", units: 3 }),
    one({ ...conv, kernelSize: 30 }),
    one({ ...conv, groups: 3 }),
    one({ type: "reshape", targetShape: [3] }),
    one({ type: "cropping2d", cropping: 9 }),
    one({ type: "channelShuffle", groups: 3 }),
    one({ type: "groupNormalization", groups: 3 }),

    one({ type: "zeroPadding2d", padding: "same" }),
    one({ type: "tableConv2d", kernelSize: 3, connections: [[9]] }),
    one({ type: "conv2dTranspose", filters: 2, kernelSize: 1, padding: 9 }),
    twoMaps({}, { type: "add" }),
    twoMaps({}, { type: "concatenate" }),

    twoMaps({ filters: 4, padding: "same" }, { type: "add" }),
    twoMaps({ filters: 4 }, { type: "add" }),

    twoMaps({ strides: 2, padding: "same" }, { type: "add" }),
    twoMaps({ strides: 4 }, { type: "concatenate" }),
    design({ image, f: { type: "flatten", from: "image" }, n: { ...conv, from: "f" } }),
    design({
      image,
      f: { type: "flatten", from: "image" },
      d: { type: "dense", from: "f", units: 3 },
      a: { type: "add", from: ["f", "d"] },
    }),
  ],
  noInput: [design({ f: { type: "flatten" } }), design({ c: conv })],
  noOutput: [design({}), design({ image })],
  deadEnd: [
    design({
      image,
      a: { ...conv, from: "image" },
      b: { ...conv, from: "image" },
      c: { ...conv, from: "b" },
    }),
  ],
  noDataset: [
    trained({}),
    trained({ dataset: "mnst" }),

    trained({ dataset: {} }),

    trained({ dataset: "imageFolder" }),
    trained({ dataset: { type: "csv" } }),
    trained({ dataset: "zzzzzz" }),
  ],
  dataMismatch: [
    trained({ dataset: "mnist" }),
    trained({ dataset: { type: "cifar10", path: "./data" } }),
  ],
  tooLarge: [
    design(
      Object.fromEntries(
        Array.from({ length: 8 }, (_, index) => [
          index === 0 ? "image" : `n${index}`,
          index === 0
            ? image
            : { type: "convBlock", filters: 4, kernelSize: 1, repeat: 1000, from: "image" },
        ]),
      ),
    ),
    design({ image: { type: "input", shape: [1e6, 1e6, 1e6] } }),
    " ".repeat(10_000_001),
  ],
  budgetExceeded: [
    design({ image, n: { ...conv, from: "image" } }, { budget: { parameters: 1, macs: 1 } }),
    design(
      { image, n: { ...conv, from: "image" }, x: { type: "dense", from: "n", units: 2 } },
      { budget: { parameters: 1 } },
    ),
  ],
  misalignedBranches: [twoMaps({ padding: [0, 2, 0, 2] }, { type: "add" })],
  receptiveField: [
    design({
      image,
      c: { ...conv, from: "image" },
      g: { type: "globalAveragePooling2d", from: "c" },
    }),
    design({
      image,
      c: { ...conv, kernelSize: 51, padding: "same", from: "image" },
      g: { type: "globalAveragePooling2d", from: "c" },
    }),
  ],
  uselessBias: [
    design({ image, c: { ...conv, from: "image" }, b: { type: "batchNormalization", from: "c" } }),
  ],
  uselessOption: [
    one({
      type: "conv2dTranspose",
      filters: 2,
      kernelSize: 3,
      strides: 2,
      outputPadding: 1,
      padding: "same",
    }),
  ],
  refusedElsewhere: [
    one({ ...conv, strides: 2, dilationRate: 2 }),
    one({ type: "maxPooling2d", poolSize: 2, padding: 2 }),
  ],
  notTrainable: [
    trained({ dataset: "mnist" }),
    one({ ...conv, padding: "same" }).replace(/\}$/, ',"training":{"dataset":"mnist"}}'),
    design(
      {
        image,
        f: { type: "flatten", from: "image" },
        r: { type: "radialBasis", from: "f", units: 10 },
      },
      { training: { dataset: "mnist" } },
    ),
  ],
};

describe("problems and their fixes in Korean", () => {
  it.each(Object.entries(invalid))("%s", (code, texts) => {
    const without = texts.filter(
      (text) => !analyzeText(text).analysis.problems.some((problem) => problem.code === code),
    );
    expect(without).toEqual([]);
    expect(notKorean(texts.flatMap(saidOf))).toEqual([]);
  });

  const tables: readonly (readonly [string, OptionTable])[] = Object.values<{
    readonly type: string;
    readonly options: OptionTable;
  }>({ ...layers, ...blocks }).map(({ type, options }) => [type, options]);

  it.each(tables)("wrong options of %s", (type, options) => {
    const wrong = [-1, "x", null, {}, [], [[-1]], 1e12];
    const texts = Object.keys(options).flatMap((name) =>
      wrong.map((value) => one({ type, [name]: value })),
    );
    expect(notKorean([one({ type }), ...texts].flatMap(saidOf))).toEqual([]);
  });
});

describe("what is refused, in Korean", () => {
  const base = design({
    image,
    a: { ...conv, from: "image" },
    b: { ...conv, from: "a" },
    c: { type: "add", from: ["a", "b"] },
  });
  const commands: readonly EditCommand[] = [
    { type: "addNode", nodeType: "zzz" },
    { type: "removeNodes", nodes: ["zzz"] },
    { type: "renameNode", node: "a", name: "b" },
    { type: "renameNode", node: "a", name: "a/b" },
    { type: "connect", from: "b", to: { node: "a", index: 0 } },
    { type: "connect", from: "a", to: { node: "a", index: 0 } },
    { type: "connect", from: "a", to: { node: "image", index: 0 } },
    { type: "connect", from: "image", to: { node: "a", index: 3 } },
    { type: "disconnect", from: "b", to: { node: "a", index: 0 } },
    { type: "setOption", nodes: ["a"], option: "type", value: "" },
    { type: "setOption", nodes: ["a"], option: "from", value: "b" },
    { type: "setTraining", path: ["zzz", "q"], value: 1 },
    { type: "moveNodes", positions: { zzz: [1, 2] } },
    { type: "expandBlocks", nodes: [] },
    { type: "expandBlocks", nodes: ["a"] },
    { type: "pasteNodes", nodes: [], blocks: [] },
  ];
  it.each(commands.map((command) => [JSON.stringify(command), command] as const))(
    "%s",
    (_name, command) => {
      const result = applyCommand(base, command);
      expect(result.type).toBe("refused");
      expect(notKorean(result.type === "refused" ? [result.message] : [])).toEqual([]);
    },
  );

  it("a text that holds no nodes", () => {
    const read = ["", "hello", "{}"].map((text) => readFragment(text));
    expect(
      notKorean(read.map((each) => (each.type === "refused" ? each.message : "none"))),
    ).toEqual([]);
  });
});

describe("suggestions in Korean", () => {
  it("of a wide network", () => {
    const suggestions = suggestImprovements(
      analyzeText(
        design({
          image: { type: "input", shape: [16, 16, 64] },
          a: { type: "conv2d", filters: 64, kernelSize: 5, padding: "same", from: "image" },
          n: { type: "batchNormalization", from: "a" },
          f: { type: "flatten", from: "n" },
          d: { type: "dense", units: 10, from: "f" },
        }),
      ),
    );
    expect(new Set(suggestions.map(({ kind }) => kind)).size).toBe(4);
    expect(notKorean(suggestions.flatMap(({ title, reason }) => [title, reason]))).toEqual([]);
  });
});
