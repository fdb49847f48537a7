import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { analyzeText } from "../../src/core/analysis/analyze.ts";
import { applyEdits } from "../../src/core/design/applyEdits.ts";
import { applyCommand } from "../../src/core/design/edit.ts";
import {
  type Fragment,
  fragmentOf,
  LONGEST_FRAGMENT,
  printFragment,
  readFragment,
} from "../../src/core/design/fragment.ts";
import { parseDesign } from "../../src/core/design/parse.ts";
import type { Position } from "../../src/core/design/command.ts";
import { designText } from "./designTexts.ts";
import { inverseEdits } from "./inverseEdits.ts";

const lenet = readFileSync("examples/lenet5.cnn.json", "utf8");

const owner = (k: number) => `{
  "version": 1,
  "nodes": {
    "image": { "type": "input", "shape": [8, 8, 4] },
    "outer1": { "type": "outer", "from": "image" }
  },
  "blocks": {
    "inner": { "parameters": { "k": ${k} }, "inputs": ["x"], "nodes": { "c": { "type": "conv2d", "from": "x", "filters": "k", "kernelSize": 1 } }, "output": "c" },
    "outer": { "inputs": ["x"], "nodes": { "i": { "type": "inner", "from": "x" } }, "output": "i" }
  }
}
`;

function fragmentIn(text: string): Fragment {
  const read = readFragment(text);
  if (read.type === "refused") throw new Error(read.message);
  return read.fragment;
}

function pasted(text: string, fragment: Partial<Fragment>): string {
  const result = applyCommand(text, { type: "pasteNodes", nodes: [], ...fragment });
  if (result.type === "refused") throw new Error(result.message);
  return applyEdits(text, result.edits);
}

function refusal(text: string, fragment: Partial<Fragment>): string {
  const result = applyCommand(text, { type: "pasteNodes", nodes: [], ...fragment });
  if (result.type === "edits") throw new Error("not refused");
  return result.message;
}

/** Lines that a text has more than another. */
function addedLines(before: string, after: string): readonly string[] {
  const old = new Set(before.split("\n").map((line) => line.trim().replace(/,$/, "")));
  return after
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => !old.has(line.replace(/,$/, "")));
}

it("takes the later of two copied nodes with one name", () => {
  const text = '{ "nodes": { "image": { "type": "input", "shape": [8, 8, 1] } } }';
  const nodes = [
    { name: "c", entry: { type: "input" } },
    { name: "c", entry: { type: "conv2d", from: "image", filters: 4 } },
  ];
  const { design } = parseDesign(pasted(text, { nodes }));
  expect([...design.nodes.values()].map(({ id, from }) => [id, from])).toEqual([
    ["image", []],
    ["c", ["image"]],
  ]);
});

describe("the text of copied nodes", () => {
  it("fits into the nodes of a design and is read again as it was", () => {
    const fragment = fragmentOf(parseDesign(lenet), ["s2", "c1"]);
    const text = printFragment(fragment);
    expect(text).toBe(
      '"c1": { "type": "conv2d", "from": "image", "filters": 6, "kernelSize": 5, "padding": "same", "activation": "tanh" },\n' +
        '"s2": { "type": "averagePooling2d", "from": "c1", "poolSize": 2 },\n',
    );
    expect(fragmentIn(text)).toEqual(fragment);
    const within = lenet.replace(
      '"nodes": {',
      `"nodes": {\n${text.replaceAll('"c1"', '"new"').replaceAll('"s2"', '"newer"')}`,
    );
    expect([...parseDesign(within).design.nodes.keys()].slice(0, 2)).toEqual(["new", "newer"]);
  });

  it.each([
    ['"a": {"type": "flatten"}', ["a"]],
    [',"a": {"type": "flatten"}, // a comment', ["a"]],
    ['{"a": {"type": "flatten"}, "b": {"type": "dropout"}}', ["a", "b"]],
    ['"nodes": {"a": {"type": "flatten"}},', ["a"]],
    ['{"version": 1, "nodes": {"a": {"type": "flatten"}}}', ["a"]],
    ['{"type": "flatten"}', [""]],
    ['"nodes": {"type": "flatten"}', ["nodes"]],
  ])("is read from %s", (text, names) => {
    expect(fragmentIn(text).nodes.map(({ name }) => name)).toEqual(names);
  });

  it.each([
    "",
    "hello",
    "12",
    '{"filters": 3}',
    '"a": {"type": "flatten"',
    '"a": {"filters": 3}',
    '{"version": 9, "nodes": {"a": {"type": "flatten"}}}',
  ])("is refused with words where there are no nodes: %j", (text) => {
    expect(readFragment(text)).toEqual({
      type: "refused",
      message: expect.stringMatching(/^\S.*(?:\.|paste it)\.?$/) as string,
    });
  });

  it("is refused where it is too long", () => {
    expect(readFragment(" ".repeat(LONGEST_FRAGMENT + 1))).toMatchObject({
      message: expect.stringMatching(/^The clipboard holds 1,000,001 characters/) as string,
    });
  });

  it("never throws, whatever the clipboard holds", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), designText), (text) => {
        const read = readFragment(text);
        if (read.type === "fragment") applyCommand(lenet, { type: "pasteNodes", ...read.fragment });
      }),
    );
  });
});

describe("pasteNodes", () => {
  it("keeps the wires among the nodes and those whose source is here, and frees the names", () => {
    const fragment = fragmentOf(parseDesign(lenet), ["c3", "s4"]);
    expect(addedLines(lenet, pasted(lenet, fragment))).toEqual([
      '"c2": { "type": "conv2d", "from": "s2", "filters": 16, "kernelSize": 5, "activation": "tanh" },',
      '"s3": { "type": "averagePooling2d", "from": "c2", "poolSize": 2 }',
    ]);
  });

  it("leaves a wire open whose source is not here", () => {
    const other = '{\n  "nodes": {\n    "x": { "type": "input", "shape": [9, 9, 1] }\n  }\n}\n';
    const fragment = fragmentIn(
      '"a": {"type": "add", "from": ["x", "gone"]}, "f": {"type": "flatten", "from": "gone"}',
    );
    expect(addedLines(other, pasted(other, fragment))).toEqual([
      '"a": { "type": "add", "from": ["x"] },',
      '"f": { "type": "flatten" }',
    ]);
  });

  it("reads the input of the design in place of a copied one", () => {
    const text = pasted(lenet, fragmentOf(parseDesign(lenet), ["image", "c1"]));
    const { nodes } = parseDesign(text).design;
    expect([...nodes.values()].at(-1)).toMatchObject({ id: "c2", from: ["image"] });
    expect(nodes.size).toBe(parseDesign(lenet).design.nodes.size + 1);
    expect(refusal(lenet, fragmentOf(parseDesign(lenet), ["image"]))).toBe(
      "The design has an input already, image: one image enters a network.",
    );
  });

  it("makes a design of its own in an empty file, blocks and places included", () => {
    const fragment = {
      ...fragmentOf(parseDesign(owner(4)), ["image", "outer1"]),
      positions: { outer1: [300.4, 20] as Position },
    };
    const text = pasted("", fragment);
    expect(analyzeText(text).analysis.totals.parameters.total).toBe(4 * 4 + 4);
    expect(parseDesign(text)).toMatchObject({
      problems: [],
      design: { canvas: new Map([["outer1", [300, 20]]]) },
    });
    expect(text).toContain(
      '    "inner": {\n      "parameters": { "k": 4 },\n      "inputs": ["x"],\n      "nodes": {\n        "c": {',
    );
  });

  it("uses a block that is here already, and brings one that differs under another name", () => {
    const fragment = fragmentOf(parseDesign(owner(4)), ["outer1"]);
    expect(addedLines(owner(4), pasted(owner(4), fragment))).toEqual([
      '"outer2": { "type": "outer", "from": "image" }',
    ]);
    const text = pasted(owner(6), fragment);
    const { design } = parseDesign(text);
    expect([...design.blocks.keys()]).toEqual(["inner", "outer", "inner2", "outer2"]);
    expect(design.nodes.get("outer2")?.type).toBe("outer2");
    expect(design.blocks.get("outer2")?.nodes.get("i")?.type).toBe("inner2");
    expect(analyzeText(text).analysis.nodes.get("outer2")?.parameters.total).toBe(4 * 4 + 4);
    expect(analyzeText(text).analysis.nodes.get("outer1")?.parameters.total).toBe(4 * 6 + 6);
  });

  it("refuses what it cannot know or what runs in a circle", () => {
    expect(refusal(lenet, fragmentIn('"a": {"type": "conv2"}'))).toBe(
      'There is no layer or block "conv2" here, and the copied text does not define it. Did you mean "conv2d"?',
    );
    expect(
      refusal(
        lenet,
        fragmentIn('"a": {"type": "flatten", "from": "b"}, "b": {"type": "flatten", "from": "a"}'),
      ),
    ).toBe("The copied nodes feed each other in a circle: a → b → a.");
    expect(refusal(lenet, {})).toBe("There is nothing to paste.");
  });

  it("copies any nodes of any design beside themselves in edits that can be undone to the byte", () => {
    fc.assert(
      fc.property(designText, fc.array(fc.boolean()), fc.boolean(), (text, picks, isPlaced) => {
        const parsed = parseDesign(text);
        const before = parsed.design.nodes;
        const ids = [...before.keys()].filter(
          (id, index) =>
            picks[index] === true && !["input", "mystery"].includes(before.get(id)?.type ?? ""),
        );
        if (ids.length === 0) return;
        const positions = isPlaced
          ? Object.fromEntries(ids.map((id, index) => [id, [index, 7] as const]))
          : {};
        const result = applyCommand(text, {
          type: "pasteNodes",
          ...fragmentOf(parsed, ids),
          positions,
        });
        if (result.type === "refused") throw new Error(result.message);
        const after = applyEdits(text, result.edits);
        const { design, isJson } = parseDesign(after);
        const copies = [...design.nodes.values()].slice(before.size);
        const nameOf = new Map(copies.map(({ id }, index) => [ids[index], id]));
        expect(isJson).toBe(true);
        expect([...design.nodes.values()].slice(0, before.size)).toEqual([...before.values()]);
        expect(copies).toEqual(
          ids.map((id) => {
            const node = before.get(id);
            return {
              ...node,
              id: nameOf.get(id),
              from: node?.from.map((source) => nameOf.get(source) ?? source),
            };
          }),
        );
        expect(copies.map(({ id }) => design.canvas.get(id)?.[1])).toEqual(
          ids.map(() => (isPlaced ? 7 : undefined)),
        );
        expect(applyEdits(after, inverseEdits(text, result.edits))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
