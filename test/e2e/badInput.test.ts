import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import { type Editor, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const design = (nodes: string, training = ', "training": { "dataset": "mnist" }'): string =>
  `{\n  "version": 1,\n  "name": "Bad",\n  "nodes": {\n${nodes}\n  }${training}\n}\n`;

const image = '    "image": { "type": "input", "shape": [28, 28, 1] }';
const flat = '    "flat": { "type": "flatten", "from": "image" }';
const output =
  '    "output": { "type": "dense", "from": "flat", "units": 10, "activation": "softmax" }';

interface BadInput {
  readonly name: string;
  readonly text: string;
  readonly code: string;
  /** What the words must name. */
  readonly names: readonly RegExp[];
  /** What the place in the file must hold. */
  readonly place: RegExp;
}

const badInputs: readonly BadInput[] = [
  {
    name: "not-json",
    text: '{ "version": 1, "nodes": { "image": { "type": "input", ',
    code: "invalidJson",
    names: [/"\{" is never closed/],
    place: /\{/,
  },
  {
    name: "not-even-close",
    text: "hello",
    code: "invalidJson",
    names: [/hello/],
    place: /hello/,
  },
  {
    name: "without-image",
    text: design('    "flat": { "type": "flatten" }'),
    code: "noInput",
    names: [/no input/],
    place: /[^]*/,
  },
  {
    name: "two-images",
    text: design([image, image.replace("image", "second"), flat, output].join(",\n")),
    code: "tooManyInputs",
    names: [/second/, /image/],
    place: /second|input/,
  },
  {
    name: "missing-input",
    text: design([image, flat, '    "lost": { "type": "dense", "units": 10 }', output].join(",\n")),
    code: "missingInput",
    names: [/lost/],
    place: /lost|dense/,
  },
  {
    name: "double-input",
    text: design([image, flat.replace('"image"', '["image", "image"]'), output].join(",\n")),
    code: "tooManyInputs",
    names: [/flat/],
    place: /image/,
  },
  {
    name: "no-input",
    text: design('    "flat": { "type": "flatten", "from": "nobody" }'),
    code: "unknownInput",
    names: [/flat/, /nobody/],
    place: /nobody/,
  },
  {
    name: "cycle",
    text: design(
      [
        image,
        '    "a": { "type": "add", "from": ["image", "b"] }',
        '    "b": { "type": "conv2d", "from": "a", "filters": 1, "kernelSize": 1 }',
        flat.replace("image", "b"),
        output,
      ].join(",\n"),
    ),
    code: "cycle",
    names: [/\ba\b/, /\bb\b/],
    place: /a|b/,
  },
  {
    name: "unknown-type",
    text: design([image, flat.replace("flatten", "flattten"), output].join(",\n")),
    code: "unknownType",
    names: [/flat/, /flattten/],
    place: /flattten/,
  },
  {
    name: "kernel-too-large",
    text: design(
      [
        image,
        '    "big": { "type": "conv2d", "from": "image", "filters": 4, "kernelSize": 31 }',
        flat.replace('"image"', '"big"'),
        output,
      ].join(",\n"),
    ),
    code: "shapeMismatch",
    names: [/big/, /31/, /28/],
    place: /31|big/,
  },
  {
    name: "no-output",
    text: design(image),
    code: "noOutput",
    names: [/output/i],
    place: /[^]*/,
  },
  {
    name: "no-dataset",
    text: design([image, flat, output].join(",\n"), ', "training": { "epochs": 1 }'),
    code: "noDataset",
    names: [/data ?set/i],
    place: /[^]*/,
  },
];

describe("input that cannot be right", () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await openEditor(
      Object.fromEntries(badInputs.map(({ name, text }) => [`${name}.cnn.json`, text])),
    );
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  beforeEach(() => editor.closeAll());

  it.each(badInputs)("$name: words that name node and place, never a blank panel", async (bad) => {
    const file = editor.file(`${bad.name}.cnn.json`);
    await file.openFromExplorer();
    await editor.canvas.root.locator("[data-testid=total-parameters]").waitFor();
    const problem = await until(
      async () => (await file.problems()).find(({ code }) => code === bad.code),
      `the Problems panel lists ${bad.code}`,
    );
    for (const name of bad.names) {
      expect(problem.message).toMatch(name);
    }
    expect(problem.text).toMatch(bad.place);
    const message = problem.message.replaceAll(/\s+/g, " ");
    // The inspector comes a moment after the canvas.
    const words = await until(async () => {
      const all = await editor.canvas.words();
      return all.replaceAll(/\s+/g, " ").includes(message) ? all : undefined;
    }, `the canvas says ${message}`);
    expect(words).not.toMatch(/\n\s+at |TypeError|undefined|NaN/);
  });
});
