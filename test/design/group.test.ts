import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyzeText } from "../../src/core/analysis/analyze.ts";
import { blocks } from "../../src/core/blocks/blocks.ts";
import type { EditCommand } from "../../src/core/design/command.ts";
import { applyEdits } from "../../src/core/design/applyEdits.ts";
import { applyCommand } from "../../src/core/design/edit.ts";
import { parseDesign } from "../../src/core/design/parse.ts";
import { layerDefinition } from "../../src/core/layers/layers.ts";
import { repeatedPart } from "../../src/core/design/grouping/repeatedPart.ts";
import type { Option } from "../../src/core/layers/option.ts";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";
import { inverseEdits } from "./inverseEdits.ts";

function edited(text: string, command: EditCommand): string {
  const result = applyCommand(text, command);
  if (result.type === "refused") throw new Error(result.message);
  expect(applyEdits(applyEdits(text, result.edits), inverseEdits(text, result.edits))).toBe(text);
  return applyEdits(text, result.edits);
}

function refusal(text: string, command: EditCommand): string {
  const result = applyCommand(text, command);
  if (result.type === "edits") throw new Error(`not refused: ${JSON.stringify(result.edits)}`);
  return result.message;
}

/** What must not change when nodes are grouped or blocks expanded. */
function numbersOf(text: string): unknown {
  const { analysis, network } = analyzeText(text);
  const { parameters, macs, outputShape, receptiveField, status } = analysis.totals;
  return {
    status,
    parameters,
    macs,
    outputShape,
    receptiveField,
    layers: network.layers.length,
    outputs: network.outputs.length,
    errors: analysis.problems
      .filter(({ severity }) => severity === "error")
      .map(({ code }) => code),
  };
}

/** Nodes that stand for more than themselves. */
const blocksIn = (text: string): readonly string[] =>
  [...parseDesign(text).design.nodes.values()]
    .filter(({ type, repeat }) => repeat > 1 || layerDefinition(type) === undefined)
    .map(({ id }) => id);

function expandedWholly(text: string): string {
  let current = text;
  for (let round = 0; round < 20 && blocksIn(current).length > 0; round++) {
    current = edited(current, { type: "expandBlocks", nodes: blocksIn(current) });
  }
  return current;
}

/** JSON on one line as people write it. */
const spaced = (value: object): string =>
  JSON.stringify(value).replaceAll(/[{,:]/g, "$& ").replaceAll("}", " }");

const design = (nodes: Readonly<Record<string, object>>, more: object = {}): string => {
  const lines = Object.entries(nodes).map(
    ([id, node]) => `    ${JSON.stringify(id)}: ${spaced(node)}`,
  );
  const rest = Object.entries(more).map(
    ([key, value]) => `,\n  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  return `{\n  "version": 1, // a comment\n  "nodes": {\n${lines.join(",\n")}\n  }${rest.join("")}\n}\n`;
};

const twins = `{
  "version": 1,
  "nodes": {
    "image": { "type": "input", "shape": [16, 16, 3] },
    "c1": { "type": "conv2d", "from": "image", "filters": 8, "kernelSize": 3, "padding": "same" }, // the first
    "b1": { "type": "batchNormalization", "from": "c1" },
    "d1": { "type": "conv2d", "from": "b1", "filters": 32, "kernelSize": 1 },
    "p": { "type": "maxPooling2d", "from": "d1" },
    // between
    "c2": { "type": "conv2d", "from": "p", "filters": 16, "kernelSize": [3, 3], "padding": "same", "strides": 2 },
    "b2": { "type": "batchNormalization", "from": "c2" },
    "d2": { "type": "conv2d", "from": "b2", "filters": 64, "kernelSize": 1 },
    "end": { "type": "flatten", "from": "d2" }
  },
  "canvas": { "c1": [10, 20], "d1": [30, 40], "end": [1, 2] }
}
`;

describe("createBlock", () => {
  it("makes a block and puts an instance in the place of the selection", () => {
    const command = {
      type: "createBlock",
      nodes: ["d1", "c1", "b1"],
      name: "stem",
      withOthers: false,
    } as const;
    expect(edited(twins, command)).toBe(`{
  "version": 1,
  "nodes": {
    "image": { "type": "input", "shape": [16, 16, 3] },
    // the first
    "stem1": { "type": "stem", "from": "image" },
    "p": { "type": "maxPooling2d", "from": "stem1" },
    // between
    "c2": { "type": "conv2d", "from": "p", "filters": 16, "kernelSize": [3, 3], "padding": "same", "strides": 2 },
    "b2": { "type": "batchNormalization", "from": "c2" },
    "d2": { "type": "conv2d", "from": "b2", "filters": 64, "kernelSize": 1 },
    "end": { "type": "flatten", "from": "d2" }
  },
  "blocks": {
    "stem": {
      "inputs": ["x"],
      "nodes": {
        "c1": { "type": "conv2d", "from": "x", "filters": 8, "kernelSize": 3, "padding": "same" },
        "b1": { "type": "batchNormalization", "from": "c1" },
        "d1": { "type": "conv2d", "from": "b1", "filters": 32, "kernelSize": 1 }
      },
      "output": "d1"
    }
  },
  "canvas": { "stem1": [10, 20], "end": [1, 2] }
}
`);
    expect(numbersOf(edited(twins, command))).toEqual(numbersOf(twins));
  });

  it("replaces the equal places too, with what differs as parameters", () => {
    const text = edited(twins, {
      type: "createBlock",
      nodes: ["c1", "b1", "d1"],
      name: "stem",
      withOthers: true,
    });
    const { nodes, blocks: own } = parseDesign(text).design;
    expect(
      [...nodes.values()].map(({ id, type, from, options }) => [id, type, from, options]).slice(1),
    ).toEqual([
      ["stem1", "stem", ["image"], {}],
      ["p", "maxPooling2d", ["stem1"], {}],
      ["stem2", "stem", ["p"], { filters: 16, strides: 2 }],
      ["end", "flatten", ["stem2"], {}],
    ]);
    expect(own.get("stem")?.parameters).toEqual({ filters: 8, strides: [1, 1] });
    expect(own.get("stem")?.nodes.get("c1")?.options).toEqual({
      filters: "filters",
      kernelSize: 3,
      padding: "same",
      strides: "strides",
    });
    expect(own.get("stem")?.nodes.get("d1")?.options).toEqual({
      filters: "4*filters",
      kernelSize: 1,
    });
    expect(numbersOf(text)).toEqual(numbersOf(twins));
    expect(numbersOf(expandedWholly(text))).toEqual(numbersOf(twins));
  });

  const fork = design({
    x: { type: "input", shape: [8, 8, 4] },
    a: { type: "conv2d", from: "x", filters: 4, kernelSize: 1 },
    b: { type: "conv2d", from: "a", filters: 4, kernelSize: 1 },
    sum: { type: "add", from: ["b", "x"] },
    end: { type: "flatten", from: "sum" },
  });

  it.each([
    ["layers", '{ "type": "conv2d", "filters": 4, "kernelSize": 1'],
    ["blocks of the file", '{ "type": "own"'],
  ])("of %s one of which is frozen, makes blocks with a parameter for that", (_, part) => {
    const text = `{ "version": 1, "nodes": {
      "image": { "type": "input", "shape": [6, 6, 4] },
      "a": ${part}, "from": "image", "trainable": false },
      "b": { "type": "activation", "from": "a" },
      "p": { "type": "maxPooling2d", "from": "b", "poolSize": 1 },
      "c": ${part}, "from": "p" },
      "d": { "type": "activation", "from": "c" },
      "end": { "type": "flatten", "from": "d" } },
    "blocks": { "own": { "inputs": ["x"],
      "nodes": { "k": { "type": "conv2d", "from": "x", "filters": 4, "kernelSize": 3, "padding": "same" },
                 "m": { "type": "batchNormalization", "from": "k" } }, "output": "m" } } }`;
    const grouped = edited(text, {
      type: "createBlock",
      nodes: ["a", "b"],
      name: "stem",
      withOthers: true,
    });
    expect(parseDesign(grouped).design.blocks.get("stem")?.parameters).toEqual({ trained: false });
    expect(parseDesign(grouped).design.nodes.get("stem2")?.options).toEqual({ trained: true });
    expect(numbersOf(grouped)).toEqual(numbersOf(text));
    expect(numbersOf(expandedWholly(grouped))).toEqual(numbersOf(text));
  });

  it("has an input for each thing that enters", () => {
    const text = edited(fork, {
      type: "createBlock",
      nodes: ["b", "sum"],
      name: "join",
      withOthers: true,
    });
    expect(parseDesign(text).design.blocks.get("join")?.inputs).toEqual(["x1", "x2"]);
    expect(parseDesign(text).design.nodes.get("join1")?.from).toEqual(["a", "x"]);
    expect(numbersOf(text)).toEqual(numbersOf(fork));
  });

  it("finds the part of which a selection is made several times", () => {
    const { design: whole } = parseDesign(twins);
    expect(repeatedPart(whole, ["c1", "b1", "d1", "c2", "b2", "d2"])).toEqual({
      nodes: ["c1", "b1", "d1"],
      count: 2,
    });
    expect(repeatedPart(whole, ["c1", "b1", "d1", "p"])).toBeUndefined();
    expect(repeatedPart(whole, ["b1", "d1"])).toBeUndefined();
  });

  it.each([
    [
      ["x", "a"],
      "stem",
      "x is where the image enters the network, which cannot be inside of a block: leave it out of the selection.",
    ],
    [
      ["a", "sum"],
      "stem",
      "a and sum leave the selection, and a block has one output: select what joins them too, or leave all but one of these branches out.",
    ],
    [[], "stem", "Select the nodes that the block is made of first."],
    [["gone"], "stem", 'There is no node "gone".'],
    [["a"], "conv2d", "There is a layer conv2d already: choose another name."],
    [["a"], "residualBlock", "There is a block residualBlock already: choose another name."],
    [["a"], " ", '"" cannot be the name of a block: it is empty.'],
    [
      ["a"],
      "a/b",
      '"a/b" cannot be the name of a block: it holds a "/", which stands for the inside of a block.',
    ],
  ])("is refused with words for %j as %j", (nodes, name, message) => {
    expect(refusal(fork, { type: "createBlock", nodes, name, withOthers: false })).toBe(message);
  });

  it("refuses a name that the file has", () => {
    const text = edited(fork, {
      type: "createBlock",
      nodes: ["a"],
      name: "stem",
      withOthers: false,
    });
    expect(
      refusal(text, { type: "createBlock", nodes: ["b"], name: "stem", withOthers: false }),
    ).toBe("There is a block stem already: choose another name.");
  });

  const kinds = {
    conv2d: fc.record({
      filters: fc.constantFrom(2, 4, 8),
      kernelSize: fc.constantFrom(1, 3),
      padding: fc.constant("same"),
      trainable: fc.boolean(),
    }),
    batchNormalization: fc.constant({}),
    activation: fc.record({ activation: fc.constantFrom("relu", "tanh") }),
    residualBlock: fc.record({
      filters: fc.constantFrom(2, 4),
      repeat: fc.constantFrom(1, 2),
      trainable: fc.boolean(),
    }),
    concatenate: fc.constant({}),
  } as const;
  const step = fc
    .constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[]))
    .chain((type) =>
      kinds[type].chain((options) =>
        fc.tuple(fc.nat(3), fc.nat(3)).map(([first, second]) => ({ type, options, first, second })),
      ),
    );
  const drawn = fc.array(step, { minLength: 3, maxLength: 14 }).map((steps) => {
    const names = ["image"];
    const nodes: Record<string, object> = { image: { type: "input", shape: [6, 6, 4] } };
    for (const [index, { type, options, first, second }] of steps.entries()) {
      const near = (back: number) => names[Math.max(0, names.length - 1 - back)] ?? "image";
      const sources = [...new Set([near(first), near(second)])];
      const isJoin = type === "concatenate" && sources.length > 1;
      nodes[`n${index}`] = isJoin
        ? { type, from: sources }
        : { type: type === "concatenate" ? "dropout" : type, from: near(first), ...options };
      names.push(`n${index}`);
    }
    return design(nodes, { canvas: { n1: [5, 6], n2: [7, 8] } });
  });

  it("never changes a number, whatever is grouped, and expands back to the same numbers", () => {
    let grouped = 0;
    let several = 0;
    fc.assert(
      fc.property(
        drawn,
        fc.nat(12),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        (text, start, length, withOthers) => {
          const ids = [...parseDesign(text).design.nodes.keys()].slice(
            1 + start,
            1 + start + length,
          );
          const result = applyCommand(text, {
            type: "createBlock",
            nodes: ids,
            name: "mine",
            withOthers,
          });
          if (result.type === "refused") {
            expect(result.message).toMatch(/^\S.*\.$/);
            return;
          }
          const after = applyEdits(text, result.edits);
          grouped++;
          const { nodes } = parseDesign(after).design;
          const instances = [...nodes.values()]
            .filter(({ type }) => type === "mine")
            .map(({ id }) => id);
          several += instances.length > 1 ? 1 : 0;
          expect(instances).toContain(result.created);
          expect(after).toContain("// a comment");
          expect(numbersOf(after)).toEqual(numbersOf(text));
          expect(applyEdits(after, inverseEdits(text, result.edits))).toBe(text);
          const back = edited(after, { type: "expandBlocks", nodes: instances });
          expect(numbersOf(back)).toEqual(numbersOf(text));
        },
      ),
      { numRuns: 500 },
    );
    expect([grouped > 40, several > 8]).toEqual([true, true]);
  });
});

describe("expandBlocks", () => {
  it("writes the inside of a block with readable names and nothing that is the default anyway", () => {
    const text = design({
      image: { type: "input", shape: [8, 8, 4] },
      unit: { type: "residualBlock", from: "image", filters: 4 },
      end: { type: "flatten", from: "unit" },
    });
    expect(
      edited(text, { type: "expandBlocks", nodes: ["unit"] })
        .split("\n")
        .slice(3, -3)
        .map((line) => line.trim()),
    ).toEqual([
      '"image": { "type": "input", "shape": [8, 8, 4] },',
      '"unit_conv1": { "type": "conv2d", "from": "image", "filters": 4, "kernelSize": 3, "padding": 1, "useBias": false },',
      '"unit_bn1": { "type": "batchNormalization", "from": "unit_conv1" },',
      '"unit_relu1": { "type": "activation", "from": "unit_bn1" },',
      '"unit_conv2": { "type": "conv2d", "from": "unit_relu1", "filters": 4, "kernelSize": 3, "padding": 1, "useBias": false },',
      '"unit_bn2": { "type": "batchNormalization", "from": "unit_conv2" },',
      '"unit_add": { "type": "add", "from": ["unit_bn2", "image"] },',
      '"unit_relu": { "type": "activation", "from": "unit_add" },',
      '"end": { "type": "flatten", "from": "unit_relu" }',
    ]);
  });

  it.each(zoo.map((network) => [network.id, zooText(network)] as const))(
    "leaves every number of %s as it was",
    (_, text) => {
      expect(numbersOf(expandedWholly(text))).toEqual(numbersOf(text));
    },
  );

  it("leaves every number as it was for every block under any options", () => {
    const types = Object.values(blocks).filter((block) => !("isInternal" in block));
    const network = fc.constantFrom(...types).chain((block) =>
      fc
        .record({
          filters: fc.constantFrom(4, 8),
          repeat: fc.constantFrom(1, 2, 3),
          strides: fc.constantFrom(1, 2),
          trainable: fc.boolean(),
        })
        .map((values) => {
          const own: Record<string, unknown> = {
            type: block.type,
            from: Array.from({ length: block.inputs.minimum }, () => "image")[0],
            repeat: values.repeat,
          };
          for (const [key, option] of Object.entries<Option>(block.options)) {
            const value = (values as Record<string, unknown>)[key];
            if (value !== undefined) own[key] = value;
            else if (!("default" in option)) own[key] = option.kind === "integer" ? 4 : undefined;
          }
          return design({ image: { type: "input", shape: [16, 16, 4] }, block: own });
        }),
    );
    fc.assert(
      fc.property(network, (text) => {
        // An auxiliary head cannot stand behind another one.
        fc.pre(!analyzeText(text).analysis.problems.some(({ severity }) => severity === "error"));
        expect(numbersOf(expandedWholly(text))).toEqual(numbersOf(text));
      }),
    );
  });

  it("leaves frozen what a frozen block holds, blocks of the file among it", () => {
    const conv = { type: "conv2d", filters: 4, kernelSize: 1 };
    const text = design(
      {
        image: { type: "input", shape: [6, 6, 4] },
        one: { type: "outer", from: "image", trainable: false, repeat: 2 },
        two: { type: "outer", from: "one" },
        three: { type: "inner", from: "two", isOn: false },
      },
      {
        blocks: {
          inner: {
            parameters: { isOn: true, trainable: "isOn" },
            inputs: ["x"],
            nodes: { c: { ...conv, from: "x" }, end: { type: "activation", from: "c" } },
            output: "end",
          },
          outer: {
            inputs: ["x"],
            nodes: {
              a: { type: "inner", from: "x", trainable: true },
              b: { type: "residualBlock", from: "a", filters: 4, squeezeRatio: 2 },
              c: { ...conv, from: "b" },
            },
            output: "c",
          },
        },
      },
    );
    const once = edited(text, { type: "expandBlocks", nodes: ["one"] });
    expect(parseDesign(once).design.nodes.get("one_2_a")?.options).toEqual({ trainable: false });
    expect([once, expandedWholly(text)].map(numbersOf)).toEqual([numbersOf(text), numbersOf(text)]);
  });

  it("expands a repeated layer, and several blocks that read each other", () => {
    const text = design({
      image: { type: "input", shape: [16, 16, 4] },
      conv: { type: "conv2d", from: "image", filters: 4, kernelSize: 3, repeat: 3 },
      one: { type: "convBlock", from: "conv", filters: 4 },
      two: { type: "denseBlock", from: "one", layers: 2, growthRate: 4 },
    });
    const after = edited(text, { type: "expandBlocks", nodes: ["two", "conv", "one"] });
    expect([...parseDesign(after).design.nodes.keys()].slice(0, 8)).toEqual([
      "image",
      "conv_1",
      "conv_2",
      "conv_3",
      "one_conv",
      "one_bn",
      "one_relu",
      "two_layer_1_bn1",
    ]);
    expect(numbersOf(after)).toEqual(numbersOf(text));
  });

  it.each([
    [
      { a: { type: "conv2d", from: "image", filters: 4, kernelSize: 1 } },
      "a is a layer: nothing stands inside of it.",
    ],
    [
      { a: { type: "residualBlock", from: "image" } },
      "a: filters is missing: it must be a whole number from 1 to 1,000,000.",
    ],
    [{ a: { type: "residualBlock", filters: 4 } }, "a has 0 wires and takes 1: connect it first."],
    [
      { b: { type: "conv2d", from: "image" }, a: { type: "residualBlock", from: "b", filters: 4 } },
      "What stands inside of a depends on the shape that enters it, which is not known: mend the nodes before it first.",
    ],
    [{ a: { type: "nothing", from: "image" } }, "a: there is no block nothing."],
  ])("is refused with words for %j", (nodes, message) => {
    const text = design({ image: { type: "input", shape: [8, 8, 4] }, ...nodes });
    expect(refusal(text, { type: "expandBlocks", nodes: ["a"] })).toBe(message);
  });
});
