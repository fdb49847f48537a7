import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyzeText } from "../../../src/core/analysis/analyze.ts";
import { blocks } from "../../../src/core/blocks/blocks.ts";
import { layers } from "../../../src/core/layers/layers.ts";
import type { Option, OptionTable } from "../../../src/core/layers/option.ts";
import { MOST_LAYERS } from "../../../src/core/network/expander.ts";
import { zoo } from "../../../src/core/zoo/zoo.ts";
import { zooText } from "../../../src/core/zoo/zooText.ts";
import { designOf } from "../designOf.ts";

/** Mostly what an option takes, in sizes from small to absurd, sometimes anything. */
function valueOf(option: Option): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 8, arbitrary: sensible(option) },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
}

function sensible(option: Option): fc.Arbitrary<unknown> {
  const whole = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 9 }) },
    { weight: 1, arbitrary: fc.constantFrom(64, 1000, 1_000_000) },
  );
  switch (option.kind) {
    case "integer":
      return whole;
    case "number":
      return fc.double({ min: 0, max: 1, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "pair":
    case "optionalPair":
      return fc.oneof(whole, fc.tuple(whole, whole));
    case "padding":
      return fc.oneof(fc.constantFrom("same", "valid"), whole, fc.tuple(whole, whole));
    case "choice":
      return fc.constantFrom(...option.values);
    case "rising":
      return fc.uniqueArray(whole).map((list) => list.toSorted((a, b) => a - b));
    case "text":
      return fc.string();
    case "weights":
      return fc.oneof(fc.constantFrom("none", "balanced"), fc.array(whole));
    case "regularizer":
      return fc.record({ l1: whole, l2: fc.double({ min: 0, max: 1 }) }, { requiredKeys: [] });
    case "shape":
      return fc.array(whole, { minLength: 1, maxLength: 3 });
    case "table":
      return fc.array(fc.array(whole, { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 3,
      });
  }
}

const kinds: Readonly<Record<string, { readonly options: OptionTable }>> = { ...layers, ...blocks };

const anyNode = fc.constantFrom(...Object.keys(kinds), "mine", "nothing").chain((type) => {
  const options = Object.fromEntries(
    Object.entries(kinds[type]?.options ?? {}).map(([name, option]) => [name, valueOf(option)]),
  );
  return fc.record(
    {
      type: fc.constant(type),
      from: fc.array(fc.constantFrom("image", "n0", "n1", "n2", "n3", "n4", "x", "gone"), {
        maxLength: 3,
      }),
      repeat: fc.constantFrom(1, 1, 1, 2, 1000, "k"),
      ...options,
    },
    { requiredKeys: ["type", "from"] },
  );
});

const nodesOf = (least: number) =>
  fc
    .array(anyNode, { minLength: least, maxLength: 5 })
    .map((nodes) => Object.fromEntries(nodes.map((node, index) => [`n${index}`, node])));

describe("anything that can be written", () => {
  test("settles: no design throws or outgrows the limits, and its numbers are numbers", () => {
    fc.assert(
      fc.property(nodesOf(1), nodesOf(1), (nodes, inner) => {
        const mine = { parameters: { k: 3 }, inputs: ["x"], nodes: inner, output: "n0" };
        const { network, analysis } = designOf(
          { image: { type: "input", shape: [12, 10, 3] }, ...nodes },
          { blocks: { mine } },
        );
        expect(network.layers.length).toBeLessThanOrEqual(MOST_LAYERS);
        for (const layer of analysis.layers) {
          expect(Number.isSafeInteger(layer.parameters.total), layer.id).toBe(true);
          expect(Number.isSafeInteger(layer.macs), layer.id).toBe(true);
          for (const extent of layer.outputShape ?? []) {
            expect(Number.isSafeInteger(extent) && extent > 0, layer.id).toBe(true);
          }
        }
        // A layer without a shape has a problem, at itself or before it.
        if (analysis.totals.status !== "exact") expect(analysis.problems).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("text that breaks off anywhere", () => {
    const text = zooText(zoo.find(({ id }) => id === "googlenetAuxiliary")!);
    for (let length = 0; length < text.length; length += 97) {
      const { analysis } = analyzeText(text.slice(0, length));
      expect(analysis.problems).not.toEqual([]);
    }
  });
});
