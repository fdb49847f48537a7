import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyzeText } from "../../../src/core/analysis/analyze.ts";
import { compare } from "../../../src/core/compare/compare.ts";
import type { BeforeAfter, Comparison } from "../../../src/core/compare/comparison.ts";
import {
  changeWords,
  differenceName,
  differenceWords,
} from "../../../src/core/compare/differenceWords.ts";
import { canonical } from "../../../src/core/compare/nodeOptions.ts";
import type { EditCommand } from "../../../src/core/design/command.ts";
import { applyEdits } from "../../../src/core/design/applyEdits.ts";
import { applyCommand } from "../../../src/core/design/edit.ts";
import { zoo } from "../../../src/core/zoo/zoo.ts";
import { zooText } from "../../../src/core/zoo/zooText.ts";
import { designOf } from "../designOf.ts";

const textOf = (id: string): string => zooText(zoo.find((network) => network.id === id)!);

function edited(text: string, ...commands: readonly EditCommand[]): string {
  let current = text;
  for (const command of commands) {
    const result = applyCommand(current, command);
    if (result.type !== "refused") current = applyEdits(current, result.edits);
  }
  return current;
}

/** `changed c1: filters 6 → 8`, one line a difference. */
const linesOf = ({ nodes }: Comparison): readonly string[] =>
  nodes.map((node) =>
    [node.kind, differenceName(node), ...node.changes.map(changeWords)].join(" | "),
  );

describe("what changed", () => {
  const lenet = textOf("lenet5");

  it("is told apart from what only follows", () => {
    const after = edited(lenet, { type: "setOption", nodes: ["c3"], option: "filters", value: 20 });
    const comparison = compare(analyzeText(lenet), analyzeText(after));
    expect(linesOf(comparison)).toEqual([
      "changed | c3 | filters 16 → 20",
      "affected | s4",
      "affected | flatten",
      "affected | c5",
    ]);
    expect([comparison.parameters, comparison.nodes[3]!.parameters]).toEqual([
      { before: 61_706, after: 61_706 + 604 + 12_000 },
      { before: 48_120, after: 60_120 },
    ]);
  });

  it("lists what only sees another part of the image", () => {
    const before = JSON.stringify({
      version: 1,
      nodes: {
        image: { type: "input", shape: [16, 16, 3] },
        a: { type: "conv2d", from: "image", filters: 4, kernelSize: 3, padding: "same" },
        b: { type: "conv2d", from: "a", filters: 4, kernelSize: 3, padding: "same" },
      },
    });
    const after = edited(before, {
      type: "setOption",
      nodes: ["a"],
      option: "dilationRate",
      value: 3,
    });
    const { nodes } = compare(analyzeText(before), analyzeText(after));
    expect(nodes.map((node) => [node.kind, node.id.after, differenceWords(node)])).toEqual([
      ["changed", "a", "dilationRate 1 → 3, RF 3×3 → 7×7"],
      ["affected", "b", "RF 5×5 → 9×9"],
    ]);
  });

  it("finds renames by their place, and does not report the wires that follow", () => {
    const after = edited(
      lenet,
      { type: "renameNode", node: "c1", name: "first" },
      { type: "renameNode", node: "s2", name: "second" },
      { type: "renameNode", node: "c3", name: "third" },
    );
    expect(linesOf(compare(analyzeText(lenet), analyzeText(after)))).toEqual([
      "changed | first | name c1 → first",
      "changed | second | name s2 → second",
      "changed | third | name c3 → third",
    ]);
  });

  it("finds renames where every name is another", () => {
    let after = lenet;
    for (const id of analyzeText(lenet).parsed.design.nodes.keys()) {
      after = edited(after, { type: "renameNode", node: id, name: `new-${id}` });
    }
    const { nodes, matches } = compare(analyzeText(lenet), analyzeText(after));
    expect([...matches].every(([one, other]) => other === `new-${one}`)).toBe(true);
    expect(nodes.every(({ kind }) => kind === "changed")).toBe(true);
  });

  it("knows nodes that came and went, and changes of wires", () => {
    const before = designOf({
      image: { type: "input", shape: [8, 8, 3] },
      a: { type: "conv2d", from: "image", filters: 4, kernelSize: 3 },
      drop: { type: "dropout", from: "a", rate: 0.5 },
      end: { type: "globalAveragePooling2d", from: "drop" },
    });
    const after = designOf({
      image: { type: "input", shape: [8, 8, 3] },
      a: { type: "conv2d", from: "image", filters: 4, kernelSize: 3 },
      norm: { type: "batchNormalization", from: "a" },
      end: { type: "globalAveragePooling2d", from: "norm" },
    });
    expect(linesOf(compare(before, after))).toEqual([
      "removed | drop",
      "added | norm",
      "changed | end | from drop → norm",
    ]);
  });

  it("is nothing where the same is written differently", () => {
    const node = (options: object) =>
      designOf({
        image: { type: "input", shape: [8, 8, 3] },
        a: { type: "conv2d", from: "image", ...options },
      });
    expect(
      compare(
        node({ filters: 4, kernelSize: 3 }),
        node({ kernelSize: [3, 3], filters: 4, padding: "valid", useBias: true }),
      ).nodes,
    ).toEqual([]);
  });

  it("knows that a block of the file was defined anew", () => {
    const design = (filters: number) =>
      designOf(
        { image: { type: "input", shape: [8, 8, 3] }, one: { type: "mine", from: "image" } },
        {
          blocks: {
            mine: {
              inputs: ["x"],
              nodes: { c: { type: "conv2d", from: "x", filters, kernelSize: 1 } },
              output: "c",
            },
          },
        },
      );
    expect(linesOf(compare(design(4), design(8)))).toEqual(["changed | one | definition"]);
  });

  it("includes the training and the budget", () => {
    const design = (epochs: number, budget: object) =>
      designOf(
        { image: { type: "input", shape: [4] } },
        { training: { dataset: "mnist", epochs }, budget },
      );
    expect(compare(design(5, {}), design(6, { macs: 9 })).settings.map(changeWords)).toEqual([
      "training.epochs 5 → 6",
      "budget.macs ∅ → 9",
    ]);
  });
});

const names = ["lenet5", "googlenet", "resnet18", "squeezenet11"];

const command: fc.Arbitrary<(ids: readonly string[]) => EditCommand> = fc
  .tuple(fc.nat(), fc.nat(), fc.nat(4))
  .map(([pick, value, kind]) => (ids: readonly string[]): EditCommand => {
    const node = ids[pick % ids.length] ?? "";
    switch (kind) {
      case 0:
        return { type: "removeNodes", nodes: [node] };
      case 1:
        return { type: "renameNode", node, name: `n${value % 50}` };
      case 2:
        return { type: "setOption", nodes: [node], option: "filters", value: 1 + (value % 64) };
      case 3:
        return {
          type: "addNode",
          nodeType: "conv2d",
          from: [node],
          options: { filters: 3, kernelSize: 1 },
        };
      default:
        return { type: "setOption", nodes: [node], option: "kernelSize", value: 1 + (value % 5) };
    }
  });

/** A network, and what some edits make of it. */
const twoDesigns: fc.Arbitrary<readonly [before: string, after: string]> = fc
  .tuple(fc.constantFrom(...names), fc.array(command, { maxLength: 8 }))
  .map(([name, commands]) => {
    const text = textOf(name);
    let after = text;
    for (const make of commands) {
      after = edited(after, make([...analyzeText(after).parsed.design.nodes.keys()]));
    }
    return [text, after] as const;
  });

const turned = <T>({ before, after }: BeforeAfter<T>): BeforeAfter<T> => ({
  before: after,
  after: before,
});
const turnedKind = {
  added: "removed",
  removed: "added",
  changed: "changed",
  affected: "affected",
} as const;

function mirror({ nodes, settings, parameters, macs }: Comparison) {
  return {
    nodes: nodes.map((node) => ({
      kind: turnedKind[node.kind],
      id: turned(node.id),
      type: turned(node.type),
      changes: node.changes.map((change) => ({ option: change.option, ...turned(change) })),
      outputShape: turned(node.outputShape),
      parameters: turned(node.parameters),
      macs: turned(node.macs),
      receptiveField: turned(node.receptiveField),
    })),
    settings: settings.map(({ option, ...values }) => ({ option, ...turned(values) })),
    parameters: turned(parameters),
    macs: turned(macs),
  };
}

/** The same differences, whatever order they and their changes stand in. */
const unordered = (values: readonly object[]): readonly string[] =>
  values.map((value) => canonical(sortedWithin(value))).toSorted();

const sortedWithin = (value: object): object => ({
  ...value,
  ...("changes" in value ? { changes: unordered(value.changes as object[]) } : {}),
});

const delta = ({ before, after }: BeforeAfter<number>): number => after - before;
const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

describe("a comparison", () => {
  it("of a design with itself is empty", () => {
    for (const { id } of zoo) {
      const design = analyzeText(textOf(id));
      const { nodes, settings } = compare(design, design);
      expect([id, nodes, settings]).toEqual([id, [], []]);
    }
  });

  it("accounts for the whole difference of the totals, and mirrors when its sides are swapped", () => {
    fc.assert(
      fc.property(twoDesigns, (texts) => {
        const [before, after] = [analyzeText(texts[0]), analyzeText(texts[1])];
        const comparison = compare(before, after);
        expect([
          sum(comparison.nodes.map(({ parameters }) => delta(parameters))),
          sum(comparison.nodes.map(({ macs }) => delta(macs))),
        ]).toEqual([delta(comparison.parameters), delta(comparison.macs)]);
        const swapped = compare(after, before);
        const mirrored = mirror(swapped);
        expect(unordered(mirrored.nodes)).toEqual(unordered(comparison.nodes));
        expect(unordered(mirrored.settings)).toEqual(unordered(comparison.settings));
      }),
      { numRuns: 30 },
    );
  });
});
