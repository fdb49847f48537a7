import { describe, expect, it } from "vitest";
import { analyzeText } from "../../../src/core/analysis/analyze.ts";
import { layerTable, type LayerTable } from "../../../src/core/table/layerTable.ts";
import { tableCsv } from "../../../src/core/table/tableCsv.ts";
import { tableMarkdown } from "../../../src/core/table/tableMarkdown.ts";
import { zoo } from "../../../src/core/zoo/zoo.ts";
import { zooText } from "../../../src/core/zoo/zooText.ts";
import { designOf } from "../designOf.ts";

const tableOf = (id: string): LayerTable =>
  layerTable(analyzeText(zooText(zoo.find((network) => network.id === id)!)));

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

/** Reads RFC 4180 as its grammar says. */
function readCsv(text: string): readonly (readonly string[])[] {
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  const lines: string[][] = [[]];
  let end = 0;
  for (const [all, value = "", separator] of text.matchAll(cell)) {
    end += all.length;
    lines.at(-1)!.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (separator === "\r\n") lines.push([]);
  }
  expect(end).toBe(text.length);
  expect(lines.pop()).toEqual([]);
  return lines;
}

describe("the rows of a network", () => {
  it.each(["lenet5", "googlenet", "resnet50", "densenet121"])(
    "%s: layers add up to the total, and the parts of every block to its subtotal",
    (id) => {
      const drawn = analyzeText(zooText(zoo.find((network) => network.id === id)!));
      const { rows, total } = layerTable(drawn);
      const layers = rows.filter(({ kind }) => kind === "layer");
      expect(layers.map((row) => row.id)).toEqual(drawn.network.layers.map((layer) => layer.id));
      expect([
        sum(layers.map(({ parameters }) => parameters.total)),
        sum(layers.map(({ macs }) => macs)),
        sum(layers.map(({ activations }) => activations)),
      ]).toEqual([total.parameters.total, total.macs, drawn.analysis.memory.activations]);
      expect(total.activations).toBe(drawn.analysis.memory.activations);
      for (const block of rows.filter(({ kind }) => kind === "block")) {
        const parts = rows.filter(({ parent }) => parent === block.id);
        expect([block.id, sum(parts.map(({ parameters }) => parameters.total))]).toEqual([
          block.id,
          block.parameters.total,
        ]);
        expect(sum(parts.map(({ macs }) => macs))).toBe(block.macs);
        expect(parts.every(({ level }) => level === block.level + 1)).toBe(true);
      }
    },
  );

  it("names blocks inside blocks and each copy of one that repeats", () => {
    const rows = tableOf("densenet121").rows.filter(({ id }) => id.startsWith("dense1"));
    expect(
      rows
        .slice(0, 4)
        .map(({ id, name, level, kind, type, outputShape }) =>
          [id, name, level, kind, type, outputShape?.join("×")].join(" "),
        ),
    ).toEqual([
      "dense1 dense1 1 block denseBlock 56×56×256",
      "dense1/layer layer 2 block denseUnit 56×56×256",
      "dense1/layer/1 1 3 block denseUnit 56×56×96",
      "dense1/layer/1/bn1 bn1 4 layer batchNormalization 56×56×64",
    ]);
  });

  it("keeps what is broken, as unknown, and says that the total is partial", () => {
    const { rows, total } = layerTable(
      designOf({
        image: { type: "input", shape: [8, 8, 3] },
        odd: { type: "convolution9d", from: "image" },
        stage: { type: "residualBlock", from: "odd", filters: 8 },
        good: { type: "conv2d", from: "image", filters: 2, kernelSize: 3 },
      }),
    );
    expect(rows.map(({ id, kind, status }) => [id, kind, status])).toEqual([
      ["image", "layer", "exact"],
      ["good", "layer", "exact"],
      ["stage", "block", "unknown"],
      ["odd", "layer", "unknown"],
    ]);
    expect(total.status).toBe("partial");
  });
});

describe("CSV", () => {
  it("is what RFC 4180 says, with the numbers of LeNet-5", () => {
    const [head, ...lines] = readCsv(tableCsv(tableOf("lenet5")));
    const column = (title: string): number => head!.indexOf(title);
    const pick = (line: readonly string[]): readonly string[] =>
      ["id", "output", "parameters", "macs"].map((title) => line[column(title)]!);
    expect(lines.map(pick).slice(1, 4)).toEqual([
      ["c1", "28x28x6", "156", "117600"],
      ["s2", "14x14x6", "0", "0"],
      ["c3", "10x10x16", "2416", "240000"],
    ]);
    expect(lines.at(-1)!.slice(0, 1)).toEqual(["total"]);
    expect(lines.every((line) => line.length === head!.length)).toBe(true);
  });

  it("gives a spreadsheet no formula to run", () => {
    const evil = '=HYPERLINK("x",1)';
    const cells = readCsv(
      tableCsv(
        layerTable(designOf({ [evil]: { type: "input", shape: [4] }, "-1": { type: "@x" } })),
      ),
    );
    expect(cells.slice(1, 3).map(([, id]) => id)).toEqual([`'${evil}`, "'-1"]);
    expect(cells[2]![3]).toBe("'@x");
  });
});

describe("Markdown", () => {
  it("is a table of one line a row", () => {
    const lines = tableMarkdown(tableOf("lenet5")).split("\n");
    expect([lines.length, lines[3], lines.at(-2)]).toEqual([
      13,
      "| c1 | conv2d | filters 6, kernelSize 5, padding same, activation tanh | 28×28×6 | 156 | 156 | 117,600 | 18,816 | 5 | 1 | 0.3 % | 28.2 % |",
      "| **total** |  |  | **10** | **61,706** | **61,706** | **416,520** | **37,112** | **28** |  | **100.0 %** | **100.0 %** |",
    ]);
  });

  it("shows names as they are, whatever they mean in Markdown", () => {
    const text = tableMarkdown(
      layerTable(designOf({ "a|b\n<img>*c*": { type: "input", shape: [4] } })),
    );
    expect(text.split("\n")[2]).toMatch(/^\| a\\\|b \\<img\\>\\\*c\\\* \| input \| shape 4 \|/);
  });
});
