import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import fc from "fast-check";
import { parse } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import { readOption } from "../../src/core/design/readOptions.ts";
import type { BlockDefinition } from "../../src/core/blocks/block.ts";
import type { LayerDefinition } from "../../src/core/layers/layer.ts";
import { layers } from "../../src/core/layers/layers.ts";
import { blocks } from "../../src/core/blocks/blocks.ts";
import type { JsonValue, Option, OptionTable } from "../../src/core/layers/option.ts";
import { designSchema } from "../../src/core/schema/designSchema.ts";
import { optionSchema } from "../../src/core/schema/optionSchema.ts";

const lenet = readFileSync("examples/lenet5.cnn.json", "utf8");

/** A validator for a schema with the extra keywords of VS Code. */
function validator(schema: object) {
  const ajv = new Ajv({ allErrors: true });
  ajv.addVocabulary(["enumDescriptions", "allowComments", "allowTrailingCommas"]);
  return ajv.compile(schema);
}

const validate = validator(designSchema());
const parsed = (text: string): unknown => parse(text, [], { allowTrailingComma: true }) as unknown;

describe("designSchema", () => {
  it("is what media/cnn.schema.json holds: run npm run build after a change", () => {
    const written: unknown = JSON.parse(readFileSync("media/cnn.schema.json", "utf8"));
    expect(written).toEqual(designSchema());
  });

  const files = readdirSync("examples").filter((file) => file.endsWith(".cnn.json"));
  it.each(files)("takes %s", (file) => {
    const valid = validate(parsed(readFileSync(path.join("examples", file), "utf8")));
    expect({ valid, errors: validate.errors ?? null }).toEqual({ valid: true, errors: null });
  });

  it("takes a block of the file", () => {
    expect(
      validate(
        parsed(`{ "version": 1, "nodes": { "b": { "type": "mine", "from": "x", "k": 3 } },
        "blocks": { "mine": { "parameters": { "k": 32 }, "inputs": ["x"], "output": "c",
          "nodes": { "c": { "type": "conv2d", "from": "x", "filters": "4*k", "kernelSize": 1 } } } } }`),
      ),
    ).toBe(true);
  });

  const wrong: readonly (readonly [what: string, from: string | RegExp, to: string])[] = [
    ["an unknown section", '"name"', '"nam"'],
    ["a newer version", '"version": 1', '"version": 2'],
    ["a node without type", '"type": "flatten", ', ""],
    ["a missing option", '"units": 84, ', ""],
    ["an unknown option", '"units": 84', '"units": 84, "unit": 84'],
    ["an option of another type", '"poolSize": 2', '"poolSize": "2"'],
    ["an option out of bounds", '"filters": 6', '"filters": 0'],
    ["a fraction", '"filters": 6', '"filters": 6.5'],
    ["an unknown choice", '"tanh"', '"tahn"'],
    ["an unknown padding", '"same"', '"full"'],
    ["a pair of three", '"kernelSize": 5', '"kernelSize": [5, 5, 5]'],
    ["an input that reads", '"shape": [28, 28, 1]', '"shape": [28, 28, 1], "from": "c1"'],
    ["a shape of two", "[28, 28, 1]", "[28, 28]"],
    ["two wires to a convolution", '"from": "image"', '"from": ["image", "s2"]'],
    ["a name with a slash", '"c1":', '"c/1":'],
    ["an unknown data set", '"mnist"', '"minst"'],
    ["an unknown optimizer", '"adam"', '"adma"'],
    ["an unknown option of the optimizer", '"learningRate"', '"momentum"'],
    ["no images in a batch", '"batchSize": 128', '"batchSize": 0'],
    ["all images to validate", '"validationSplit": 0.1', '"validationSplit": 1'],
    ["nodes as a list", /"nodes": \{[^]*\n {2}\},/, '"nodes": [],'],
  ];
  it.each(wrong)("refuses %s", (_what, from, to) => {
    const text = lenet.replace(from, to);
    expect(text).not.toBe(lenet);
    expect(validate(parsed(text))).toBe(false);
  });

  it("describes every layer and block with its options", () => {
    const { definitions = {} } = designSchema();
    const known: readonly (LayerDefinition | BlockDefinition)[] = [
      ...Object.values<LayerDefinition>(layers),
      ...Object.values<BlockDefinition>(blocks).filter(({ isInternal }) => isInternal !== true),
    ];
    for (const { type, options } of known) {
      const names = Object.keys(definitions[type]?.properties ?? {});
      expect(names).toEqual(expect.arrayContaining(Object.keys(options)));
    }
  });
});

describe("optionSchema", () => {
  const tables: readonly OptionTable[] = [
    ...Object.values(layers).map(({ options }) => options),
    ...Object.values(blocks).map(({ options }) => options),
  ];
  const options = tables.flatMap((table) => Object.entries<Option>(table));
  const values = fc.oneof(
    fc.integer({ min: -2, max: 12 }),
    fc.double(),
    fc.constantFrom("same", "valid", "relu", "linear", "", null, true, 1_000_000, 1_000_001),
    fc.array(fc.integer({ min: -1, max: 9 }), { maxLength: 5 }),
    fc.array(fc.array(fc.integer({ min: -1, max: 3 }), { maxLength: 3 }), { maxLength: 3 }),
    fc.jsonValue(),
  );

  it("takes exactly the values that the reader takes", () => {
    const validators = options.map(
      ([name, option]) => [name, option, validator(optionSchema(option))] as const,
    );
    fc.assert(
      fc.property(fc.constantFrom(...validators), values, ([name, option, isValid], value) => {
        const isRead = "value" in readOption(option, value as JsonValue);
        expect({ name, value, valid: isValid(value) }).toEqual({ name, value, valid: isRead });
      }),
      { numRuns: 3000 },
    );
  });
});
