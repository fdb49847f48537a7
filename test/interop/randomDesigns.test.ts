import { beforeAll, describe, expect, it } from "vitest";
import { parseDesign } from "../../src/core/design/parse.ts";
import { expand } from "../../src/core/network/expand.ts";
import type { Network } from "../../src/core/network/network.ts";
import { askKeras, layerOf, type KerasAnswer, type KerasLayer } from "./kerasOracle.ts";
import { missingPython } from "./oracle.ts";
import { randomOptions } from "./randomOptions.ts";
import { designText, randomDesign, type RandomDesign } from "./randomDesign.ts";

const count = 200;

interface Compared {
  readonly design: RandomDesign;
  readonly network: Network;
  readonly answer: KerasAnswer;
}

/** A line for every layer on which the core and Keras disagree; empty where they agree. */
function disagreements({ design, network, answer }: Compared): readonly string[] {
  return design.layers.flatMap(({ id, type, inputs, options }) => {
    const keras = answer.layers[id];
    const problems = network.problems.filter(
      ({ node, severity }) => node === id && severity === "error",
    );
    const ours: KerasLayer = layerOf(network, id) ?? {
      refused: problems.map(({ message }) => message).join("; "),
    };
    if (agrees(ours, keras, problems.length > 0)) return [];
    const layer = JSON.stringify({ id, type, inputs, options });
    return [`${layer}\n  core:  ${JSON.stringify(ours)}\n  Keras: ${JSON.stringify(keras)}`];
  });
}

function agrees(ours: KerasLayer, keras: KerasLayer | undefined, isReported: boolean): boolean {
  if (keras === undefined) return false;
  if (!("refused" in ours)) return JSON.stringify(ours) === JSON.stringify(keras);
  // Behind a broken layer there is nothing to know, and nothing more to report.
  return "skipped" in keras || ("refused" in keras && isReported);
}

describe("a random design", () => {
  it("is the same whenever its seed is", () => {
    expect(randomDesign(7)).toEqual(randomDesign(7));
    expect(randomDesign(7)).not.toEqual(randomDesign(8));
  });
});

describe.skipIf(missingPython("keras") !== undefined)("random designs in Keras", () => {
  const compared: Compared[] = [];

  beforeAll(async () => {
    const designs = Array.from({ length: count }, (_, seed) => randomDesign(seed));
    const answers = await askKeras(designs.map((design) => ({ ...design, execute: true })));
    for (const [seed, design] of designs.entries()) {
      const answer = answers[seed];
      if (answer === undefined) throw new Error(`no answer for ${design.name}`);
      compared.push({
        design,
        network: expand(parseDesign(designText(design, seed))),
        answer,
      });
    }
  });

  it("have the same parameters and shapes in every layer, and are refused where Keras refuses", () => {
    const different = compared.flatMap((one) => {
      const lines = disagreements(one);
      return lines.length === 0 ? [] : [`${one.design.name}\n${lines.join("\n")}`];
    });
    expect(different.join("\n\n")).toBe("");
  });

  it("hold every type of layer often, right and wrong", () => {
    const layers = compared.flatMap(({ design, answer }) =>
      design.layers.map(({ id, type }) => ({ type, keras: answer.layers[id] })),
    );
    const built = new Map<string, number>();
    for (const { type, keras } of layers) {
      if (keras === undefined || !("outputShape" in keras)) continue;
      built.set(type, (built.get(type) ?? 0) + 1);
    }
    const rare = Object.keys(randomOptions).filter((type) => (built.get(type) ?? 0) < 10);
    expect(rare).toEqual([]);
    expect(
      layers.filter(({ keras }) => keras !== undefined && "refused" in keras).length,
    ).toBeGreaterThan(50);
  });
});
