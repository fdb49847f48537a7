import { beforeAll, describe, expect, it } from "vitest";
import { analyze } from "../../src/core/analysis/analyze.ts";
import { parseDesign } from "../../src/core/design/parse.ts";
import type { LayerType } from "../../src/core/layers/layers.ts";
import { expand } from "../../src/core/network/expand.ts";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";
import { layerOf } from "./kerasOracle.ts";
import { ask, missingPython, type OracleLayer, type OracleNetwork } from "./oracle.ts";
import { twins, type Twin } from "./twins.ts";

const programs = { keras: "keras_applications.py", torchvision: "torchvision_oracle.py" } as const;

/** Layers without weights that both sides have as layers of their own, by our name and by the oracles' classes. */
const compared: Readonly<Record<string, Partial<Record<LayerType, readonly string[]>>>> = {
  keras: {
    maxPooling2d: ["MaxPooling2D"],
    averagePooling2d: ["AveragePooling2D"],
    add: ["Add"],
    concatenate: ["Concatenate"],
  },
  torchvision: { maxPooling2d: ["MaxPool2d"], averagePooling2d: ["AvgPool2d"] },
};

interface Kind extends OracleLayer {
  readonly type: string;
}

const hasWeights = ({ trainable, nonTrainable }: OracleLayer): boolean =>
  trainable + nonTrainable > 0;

/** How often each kind of layer stands in a network: its output shape with its numbers of weights or its type. */
function census(layers: readonly Kind[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const layer of layers) {
    // A dense layer on a vector and a 1 x 1 convolution on a map of one pixel are the same thing.
    const shape = layer.outputShape.join("x").replace(/^1x1x/, "");
    const what = hasWeights(layer)
      ? `${layer.trainable} trained and ${layer.nonTrainable} other weights`
      : layer.type;
    const kind = `${shape}: ${what}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** Our name of a class of the oracle, where it is one of those compared. */
const nameOf = ({ oracle, without = [] }: Twin, type: string): string | undefined =>
  Object.entries(compared[oracle] ?? {}).find(
    ([, classes]) => classes.includes(type) && !without.includes(type),
  )?.[0];

function ours(twin: Twin) {
  const found = zoo.find(({ id }) => id === twin.zoo);
  if (found === undefined) throw new Error(`the zoo has no ${twin.zoo}`);
  const names = Object.entries(compared[twin.oracle] ?? {})
    .filter(([, classes]) => classes.some((type) => nameOf(twin, type) !== undefined))
    .map(([name]) => name);
  const parsed = parseDesign(zooText(found));
  const network = expand(parsed);
  const layers = network.layers.flatMap(({ id: layer, type }): readonly Kind[] => {
    const numbers = layerOf(network, layer);
    return numbers === undefined ? [] : [{ ...numbers, type }];
  });
  const { parameters } = analyze(parsed, network).totals;
  return {
    parameters: { trainable: parameters.trainable, nonTrainable: parameters.nonTrainable },
    census: census(layers.filter((layer) => hasWeights(layer) || names.includes(layer.type))),
  };
}

function theirs(answer: OracleNetwork, twin: Twin) {
  const left = answer.layers.filter(({ type }) => twin.without?.includes(type) === true);
  const sum = (key: "trainable" | "nonTrainable") =>
    left.reduce((total, layer) => total - layer[key], answer[key]);
  const kinds = answer.layers
    .filter((layer) => !left.includes(layer))
    .map((layer) => ({ ...layer, type: nameOf(twin, layer.type) }));
  return {
    parameters: { trainable: sum("trainable"), nonTrainable: sum("nonTrainable") },
    census: census(
      kinds.flatMap((layer) =>
        hasWeights(layer) || layer.type !== undefined
          ? [{ ...layer, type: layer.type ?? "weights" }]
          : [],
      ),
    ),
  };
}

describe.each(["keras", "torchvision"] as const)("%s", (oracle) => {
  const asked = twins.filter((twin) => twin.oracle === oracle);

  describe.skipIf(missingPython(oracle) !== undefined)("has the same", () => {
    const answers = new Map<Twin, OracleNetwork>();

    beforeAll(async () => {
      const found = await ask<OracleNetwork>(
        oracle,
        programs[oracle],
        asked.map(({ request }) => request),
      );
      for (const [index, answer] of found.entries()) {
        const twin = asked[index];
        if (twin !== undefined) answers.set(twin, answer);
      }
    });

    it.each(asked.map((twin) => [twin.zoo, twin] as const))("%s", (_, twin) => {
      const answer = answers.get(twin);
      expect(answer && theirs(answer, twin)).toEqual(ours(twin));
    });
  });
});
