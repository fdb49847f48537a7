import { describe, expect, it } from "vitest";
import { analyzeText } from "../../src/core/analysis/analyze.ts";
import { applyEdits } from "../../src/core/design/applyEdits.ts";
import type { BlockCommand, EditCommand } from "../../src/core/design/command.ts";
import { applyCommand } from "../../src/core/design/edit.ts";
import { ownBlock } from "../../src/core/design/grouping/ownBlock.ts";
import { parseDesign } from "../../src/core/design/parse.ts";
import { writtenPart } from "../../src/core/design/writtenPart.ts";

const text = `{
  "version": 1,
  "nodes": {
    "image": { "type": "input", "shape": [16, 16, 3] },
    "unit": { "type": "pair", "from": "image", "repeat": 2 },
    "mean": { "type": "globalAveragePooling2d", "from": "unit" }
  },
  "blocks": {
    // Two convolutions.
    "pair": {
      "parameters": { "width": 4 },
      "inputs": ["x"],
      "nodes": {
        "first": { "type": "conv2d", "from": "x", "filters": "width", "kernelSize": 3 },
        "second": { "type": "conv2d", "from": "first", "filters": "2*width", "kernelSize": 1 }
      },
      "output": "second"
    }
  }
}
`;

/** The lines of the text that differ afterwards, or why it was refused. */
function changed(command: BlockCommand): readonly string[] | string {
  const result = applyCommand(text, { type: "editBlock", block: "pair", command });
  if (result.type === "refused") return result.message;
  const before = text.split("\n");
  const after = applyEdits(text, result.edits);
  expect(analyzeText(after).analysis.problems.filter((p) => p.severity === "error")).toEqual([]);
  return after
    .split("\n")
    .filter((line) => !before.includes(line))
    .map((line) => line.trim());
}

describe("editing inside the definition of a block", () => {
  it("sets an option, also as an expression", () => {
    const set = (value: string | number): BlockCommand => ({
      type: "setOption",
      nodes: ["second"],
      option: "filters",
      value,
    });
    expect([changed(set(7)), changed(set("3*width"))]).toEqual([
      ['"second": { "type": "conv2d", "from": "first", "filters": 7, "kernelSize": 1 }'],
      ['"second": { "type": "conv2d", "from": "first", "filters": "3*width", "kernelSize": 1 }'],
    ]);
  });

  it("renames the output everywhere, and nothing to the name of an input", () => {
    expect(changed({ type: "renameNode", node: "second", name: "last" })).toEqual([
      '"last": { "type": "conv2d", "from": "first", "filters": "2*width", "kernelSize": 1 }',
      '"output": "last"',
    ]);
    expect(changed({ type: "renameNode", node: "second", name: "x" })).toBe(
      "There is a node x already: choose another name.",
    );
  });

  it("adds a node behind the last one as the new output, or onto a wire", () => {
    expect(
      changed({ type: "addNode", nodeType: "dropout", from: ["second"], position: [1, 2] }),
    ).toEqual([
      '"second": { "type": "conv2d", "from": "first", "filters": "2*width", "kernelSize": 1 },',
      '"dropout1": { "type": "dropout", "from": "second" }',
      '"output": "dropout1"',
    ]);
    expect(
      changed({ type: "addNode", nodeType: "dropout", onto: { node: "first", index: 0 } }),
    ).toEqual([
      '"first": { "type": "conv2d", "from": "dropout1", "filters": "width", "kernelSize": 3 },',
      '"second": { "type": "conv2d", "from": "first", "filters": "2*width", "kernelSize": 1 },',
      '"dropout1": { "type": "dropout", "from": "x" }',
    ]);
  });

  it("heals the chain, moves the output, and keeps a node that leaves", () => {
    expect(changed({ type: "removeNodes", nodes: ["first"] })).toEqual([
      '"second": { "type": "conv2d", "from": "x", "filters": "2*width", "kernelSize": 1 }',
    ]);
    expect(changed({ type: "removeNodes", nodes: ["second"] })).toEqual([
      '"first": { "type": "conv2d", "from": "x", "filters": "width", "kernelSize": 3 }',
      '"output": "first"',
    ]);
    expect(changed({ type: "removeNodes", nodes: ["first", "second"] })).toBe(
      "Nothing would be left that leaves the block: second is its output, and no other node stands before it.",
    );
  });

  it("draws and cuts wires, never in a circle and never into an input", () => {
    const to = { node: "second", index: 0 };
    expect(changed({ type: "connect", from: "x", to })).toEqual([
      '"second": { "type": "conv2d", "from": "x", "filters": "2*width", "kernelSize": 1 }',
    ]);
    expect([
      changed({ type: "connect", from: "second", to: { node: "first", index: 0 } }),
      changed({ type: "connect", from: "second", to: { node: "x", index: 0 } }),
    ]).toEqual([
      "A wire from second to first would make a cycle: first → second → first.",
      "A wire from second to x would make a cycle: x → first → second → x.",
    ]);
  });

  it("refuses a block that the file does not define", () => {
    const command: EditCommand = {
      type: "editBlock",
      block: "residualBlock",
      command: { type: "removeNodes", nodes: ["conv1"] },
    };
    expect(applyCommand(text, command)).toEqual({
      type: "refused",
      message: 'The file defines no block "residualBlock" that can be edited.',
    });
  });
});

describe("the entry that a part comes from", () => {
  it("is found through copies and definitions, and not inside built-in blocks", () => {
    const { design } = parseDesign(text);
    const found = (path: string) => {
      const part = writtenPart(design, path);
      return part && [part.block, part.node.id, part.path, part.isMade];
    };
    expect(["unit", "unit/2", "unit/2/first", "unit/2/none", "none"].map(found)).toEqual([
      [undefined, "unit", "unit", false],
      [undefined, "unit", "unit", true],
      ["pair", "first", "unit/2/first", false],
      undefined,
      undefined,
    ]);
  });
});

describe("making a built-in block one of the file", () => {
  const residual = (options: string) => `{
  "version": 1,
  "nodes": {
    "image": { "type": "input", "shape": [16, 16, 8] },
    "stage": { "type": "residualBlock", "from": "image", "filters": 8${options} },
    "mean": { "type": "globalAveragePooling2d", "from": "stage" }
  },
  "canvas": { "stage": [40, 60] }
}
`;

  it.each(["", ', "repeat": 3, "strides": 2'])(
    "keeps every number, its name and its place%s",
    (options) => {
      const before = residual(options);
      const command = ownBlock(before, "stage");
      if (command.type === "refused") throw new Error(command.message);
      const result = applyCommand(before, command);
      if (result.type === "refused") throw new Error(result.message);
      const after = analyzeText(applyEdits(before, result.edits));
      expect(result.edits).toHaveLength(1);
      expect(after.parsed.design.nodes.get("stage")).toMatchObject({
        type: "stage",
        from: ["image"],
      });
      expect([...after.parsed.design.nodes.keys()]).toEqual(["image", "stage", "mean"]);
      expect(after.analysis.totals).toEqual(analyzeText(before).analysis.totals);
      expect(after.parsed.design.canvas.get("stage")).toEqual([40, 60]);
      expect([...after.parsed.design.blocks.get("stage")!.nodes.keys()].slice(0, 3)).toEqual(
        options === "" ? ["conv1", "bn1", "relu1"] : ["1_conv1", "1_bn1", "1_relu1"],
      );
    },
  );

  it("says why it cannot be", () => {
    expect(ownBlock(residual(""), "mean")).toEqual({
      type: "refused",
      message: "mean is a layer: nothing stands inside of it.",
    });
  });
});
