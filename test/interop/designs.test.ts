import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parseDesign } from "../../src/core/design/parse.ts";
import { expand } from "../../src/core/network/expand.ts";
import { askKeras, layerOf, requestOf, type KerasAnswer } from "./kerasOracle.ts";
import { missingPython } from "./oracle.ts";

const examples = path.resolve(import.meta.dirname, "../../examples");

const designs = fs
  .readdirSync(examples)
  .filter((file) => file.endsWith(".cnn.json"))
  .map((file) => {
    const text = fs.readFileSync(path.join(examples, file), "utf8");
    return { name: `examples/${file}`, network: expand(parseDesign(text)) };
  });

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
      expect(network.layers.length).toBeGreaterThan(2);
      expect(answers.get(name)?.layers).toEqual(Object.fromEntries(ours));
    },
  );
});
