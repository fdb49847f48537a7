import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parseDesign } from "../../src/core/design/parse.ts";
import { expand } from "../../src/core/network/expand.ts";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";
import { askKeras, layerOf, requestOf, type KerasAnswer } from "./kerasOracle.ts";
import { missingPython } from "./oracle.ts";

const examples = path.resolve(import.meta.dirname, "../../examples");

const named = (name: string, text: string) => ({ name, network: expand(parseDesign(text)) });

const designs = [
  ...zoo.map((network) => named(network.id, zooText(network))),
  ...fs
    .readdirSync(examples)
    .filter((file) => file.endsWith(".cnn.json"))
    .map((file) => named(`examples/${file}`, fs.readFileSync(path.join(examples, file), "utf8"))),
];

describe.skipIf(missingPython("keras") !== undefined)("in Keras", () => {
  let answers: ReadonlyMap<string, KerasAnswer>;

  beforeAll(async () => {
    const found = await askKeras(designs.map(({ name, network }) => requestOf(name, network)));
    answers = new Map(found.map((answer) => [answer.name, answer]));
  });

  it.each(designs)(
    "$name has the same parameters and shape in every layer",
    ({ name, network }) => {
      const ours = network.layers.map(({ id }) => [id, layerOf(network, id)]);
      expect(network.layers.length).toBeGreaterThan(1);
      expect(answers.get(name)?.layers).toEqual(Object.fromEntries(ours));
    },
  );
});
