import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { EditCommand } from "../../src/core/design/command.ts";
import { applyEdits } from "../../src/core/design/applyEdits.ts";
import { applyCommand } from "../../src/core/design/edit.ts";
import { parseDesign } from "../../src/core/design/parse.ts";
import type { JsonValue } from "../../src/core/layers/option.ts";

const lenet = readFileSync("examples/lenet5.cnn.json", "utf8");

/** The text after a command that must not be refused. */
function edited(text: string, command: EditCommand): string {
  const result = applyCommand(text, command);
  if (result.type === "refused") throw new Error(result.message);
  return applyEdits(text, result.edits);
}

/** The lines that a command takes away (-) and brings (+). */
function changes(text: string, command: EditCommand): readonly string[] {
  const before = text.split("\n");
  const after = edited(text, command).split("\n");
  let top = 0;
  while (top < before.length && before[top] === after[top]) top++;
  let end = 0;
  while (
    end < before.length - top &&
    end < after.length - top &&
    before.at(-1 - end) === after.at(-1 - end)
  ) {
    end++;
  }
  return [
    ...before.slice(top, before.length - end).map((line) => `- ${line.trim()}`),
    ...after.slice(top, after.length - end).map((line) => `+ ${line.trim()}`),
  ];
}

function refusal(text: string, command: EditCommand): string {
  const result = applyCommand(text, command);
  if (result.type === "edits") throw new Error(`not refused: ${JSON.stringify(result.edits)}`);
  return result.message;
}

const fork = `{
  "version": 1,
  "nodes": {
    "x": { "type": "input", "shape": [8, 8, 4] },
    "a": { "type": "conv2d", "from": "x", "filters": 4, "kernelSize": 1 },
    "b": { "type": "conv2d", "from": "a", "filters": 4, "kernelSize": 1 },
    "sum": { "type": "add", "from": ["b", "x"] },
    "end": { "type": "flatten", "from": "sum" }
  }
}
`;

describe("addNode", () => {
  it("sets the new node like its neighbours and takes a free name", () => {
    const command = { type: "addNode", nodeType: "conv2d", from: ["f6"] } as const;
    expect(changes(lenet, command)).toEqual([
      '- "output": { "type": "dense", "from": "f6", "units": 10, "activation": "softmax" }',
      '+ "output": { "type": "dense", "from": "f6", "units": 10, "activation": "softmax" },',
      '+ "conv1": { "type": "conv2d", "from": "f6", "filters": 32, "kernelSize": 3 }',
    ]);
    const again = applyCommand(edited(lenet, command), command);
    expect(again).toMatchObject({ created: "conv2" });
    expect(applyCommand(lenet, { ...command, id: "c1" })).toMatchObject({ created: "c2" });
    expect(applyCommand(lenet, { ...command, id: "mine" })).toMatchObject({ created: "mine" });
  });

  it("goes onto a wire", () => {
    const text = edited(lenet, {
      type: "addNode",
      nodeType: "dropout",
      onto: { node: "f6", index: 0 },
    });
    const { nodes } = parseDesign(text).design;
    expect(nodes.get("f6")?.from).toEqual(["dropout1"]);
    expect(nodes.get("dropout1")?.from).toEqual(["c5"]);
    const joined = parseDesign(
      edited(fork, { type: "addNode", nodeType: "dropout", onto: { node: "sum", index: 1 } }),
    ).design.nodes;
    expect(joined.get("sum")?.from).toEqual(["b", "dropout1"]);
    expect(joined.get("dropout1")?.from).toEqual(["x"]);
  });

  it("writes a whole design into an empty file", () => {
    const written = `{
  "version": 1,
  "name": "Untitled",
  "nodes": {
    "image": { "type": "input", "shape": [28, 28, 1] }
  },
  "canvas": {
    "image": [10, -21]
  }
}`;
    const command = {
      type: "addNode",
      nodeType: "input",
      id: "image",
      position: [10.4, -20.6],
    } as const;
    expect(edited("", command)).toBe(`${written}\n`);
    expect(edited("{}\n", command)).toBe(`${written}\n`);
    expect(edited("// mine\n", command)).toBe(`// mine\n${written}\n`);
    expect(edited("\r\n{\r\n}", command)).toBe(`\r\n${written.replaceAll("\n", "\r\n")}`);
    expect(edited("\uFEFF", command)).toBe(`\uFEFF${written}\n`);
  });

  it("refuses with words", () => {
    expect(refusal(lenet, { type: "addNode", nodeType: "convolution2d" })).toBe(
      'There is no layer or block "convolution2d".',
    );
    expect(refusal(lenet, { type: "addNode", nodeType: "cov2d" })).toBe(
      'There is no layer or block "cov2d". Did you mean "conv2d"?',
    );
    expect(
      refusal(lenet, { type: "addNode", nodeType: "input", onto: { node: "c1", index: 0 } }),
    ).toBe("input takes no wire, and 1 would end at it.");
    expect(refusal(lenet, { type: "addNode", nodeType: "add", from: ["nobody"] })).toBe(
      'There is no node "nobody".',
    );
    expect(
      refusal(lenet, {
        type: "addNode",
        nodeType: "add",
        from: ["output"],
        onto: { node: "c3", index: 0 },
      }),
    ).toContain("would make a cycle");
  });
});

describe("removeNodes", () => {
  it("heals the chain and forgets the position", () => {
    const placed = edited(lenet, { type: "moveNodes", positions: { s2: [1, 2], c3: [3, 4] } });
    const text = edited(placed, { type: "removeNodes", nodes: ["s2", "c3"] });
    const { design, problems } = parseDesign(text);
    expect(problems).toEqual([]);
    expect(design.nodes.get("s4")?.from).toEqual(["c1"]);
    expect(text).toBe(
      lenet
        .replace(/ *"s2":.*\n/, "")
        .replace(/ *"c3":.*\n/, "")
        .replace('"from": "c3"', '"from": "c1"'),
    );
  });

  it("keeps a branch joined that would dangle, and drops one that would double", () => {
    const wires = (nodes: readonly string[]) =>
      parseDesign(edited(fork, { type: "removeNodes", nodes })).design.nodes.get("sum")?.from;
    expect(wires(["b"])).toEqual(["a", "x"]);
    expect(wires(["a", "b"])).toEqual(["x"]);
    expect(wires(["x"])).toEqual(["b"]);
    expect(
      parseDesign(edited(fork, { type: "removeNodes", nodes: ["sum"] })).design.nodes.get("end")
        ?.from,
    ).toEqual([]);
  });

  it("takes the last node with the comma before it", () => {
    expect(changes(lenet, { type: "removeNodes", nodes: ["output"] })).toEqual([
      '- "f6": { "type": "dense", "from": "c5", "units": 84, "activation": "tanh" },',
      '- "output": { "type": "dense", "from": "f6", "units": 10, "activation": "softmax" }',
      '+ "f6": { "type": "dense", "from": "c5", "units": 84, "activation": "tanh" }',
    ]);
  });

  it("takes all nodes", () => {
    const nodes = [...parseDesign(lenet).design.nodes.keys()];
    const { design, isJson } = parseDesign(edited(lenet, { type: "removeNodes", nodes }));
    expect([design.nodes.size, isJson]).toEqual([0, true]);
  });
});

describe("renameNode", () => {
  it("follows the name to every wire and to the canvas", () => {
    const placed = edited(lenet, { type: "moveNodes", positions: { c1: [1, 2] } });
    expect(edited(placed, { type: "renameNode", node: "c1", name: 'my "conv"' })).toBe(
      placed.replaceAll('"c1"', String.raw`"my \"conv\""`),
    );
  });

  it("refuses names that are taken or none", () => {
    expect(refusal(lenet, { type: "renameNode", node: "c1", name: "c3" })).toBe(
      "There is a node c3 already: choose another name.",
    );
    expect(refusal(lenet, { type: "renameNode", node: "c1", name: "a/b" })).toContain(
      'holds a "/"',
    );
    expect(refusal(lenet, { type: "renameNode", node: "c9", name: "x" })).toBe(
      'There is no node "c9".',
    );
  });
});

describe("connect and disconnect", () => {
  const wires = (text: string, node: string) => parseDesign(text).design.nodes.get(node)?.from;

  it("replaces the wire of a node with one input", () => {
    expect(changes(fork, { type: "connect", from: "a", to: { node: "end", index: 0 } })).toEqual([
      '- "end": { "type": "flatten", "from": "sum" }',
      '+ "end": { "type": "flatten", "from": "a" }',
    ]);
  });

  it("appends to a join or replaces at the index", () => {
    expect(
      wires(edited(fork, { type: "connect", from: "a", to: { node: "sum", index: 2 } }), "sum"),
    ).toEqual(["b", "x", "a"]);
    expect(
      wires(edited(fork, { type: "connect", from: "a", to: { node: "sum", index: 0 } }), "sum"),
    ).toEqual(["a", "x"]);
  });

  it("writes the wire behind the type", () => {
    const loose = edited(fork, { type: "disconnect", from: "sum", to: { node: "end", index: 0 } });
    expect(loose).toContain('"end": { "type": "flatten" }');
    expect(edited(loose, { type: "connect", from: "sum", to: { node: "end", index: 0 } })).toBe(
      fork,
    );
    expect(
      edited(fork, { type: "disconnect", from: "x", to: { node: "sum", index: 1 } }),
    ).toContain('"from": ["b"]');
  });

  it("refuses cycles, doubles and inputs, with words", () => {
    expect(refusal(fork, { type: "connect", from: "sum", to: { node: "a", index: 0 } })).toBe(
      "A wire from sum to a would make a cycle: a → b → sum → a.",
    );
    expect(refusal(fork, { type: "connect", from: "a", to: { node: "a", index: 0 } })).toBe(
      "a cannot read its own output.",
    );
    expect(refusal(fork, { type: "connect", from: "x", to: { node: "sum", index: 2 } })).toBe(
      "x feeds sum already.",
    );
    expect(refusal(fork, { type: "connect", from: "a", to: { node: "x", index: 0 } })).toContain(
      "cycle",
    );
    expect(
      refusal(lenet, { type: "connect", from: "output", to: { node: "image", index: 0 } }),
    ).toContain("cycle");
    expect(refusal(fork, { type: "disconnect", from: "a", to: { node: "end", index: 0 } })).toBe(
      "No wire leads from a to end.",
    );
  });
});

describe("options, training, name and places", () => {
  it("sets an option of several nodes and takes it out again", () => {
    const set = { type: "setOption", nodes: ["c1", "c3"], option: "filters" } as const;
    expect(edited(lenet, { ...set, value: 12 })).toBe(
      lenet.replace('"filters": 6', '"filters": 12').replace('"filters": 16', '"filters": 12'),
    );
    const added = edited(lenet, {
      type: "setOption",
      nodes: ["s2"],
      option: "strides",
      value: [1, 2],
    });
    expect(added).toContain('"poolSize": 2, "strides": [1, 2] },');
    expect(edited(added, { type: "setOption", nodes: ["s2"], option: "strides" })).toBe(lenet);
  });

  it("sets the recipe", () => {
    expect(
      edited(lenet, { type: "setTraining", path: ["optimizer", "learningRate"], value: 0.01 }),
    ).toBe(lenet.replace("0.001", "0.01"));
    const name = '{"version": 1, "training": {"dataset": "mnist", "optimizer": "sgd"}}';
    expect(edited(name, { type: "setTraining", path: ["optimizer", "momentum"], value: 0.9 })).toBe(
      name.replace('"sgd"', '{ "type": "sgd", "momentum": 0.9 }'),
    );
    const sgd = edited(lenet, { type: "setTraining", path: ["optimizer", "momentum"], value: 0.9 });
    const adam = edited(sgd, { type: "setTraining", path: ["optimizer", "type"], value: "adam" });
    expect(adam).toBe(lenet);
    expect(
      parseDesign(edited(fork, { type: "setTraining", path: ["dataset"], value: "mnist" })).design
        .training?.dataset,
    ).toEqual({ type: "mnist" });
    const dataset = (text: string, option: string, value: JsonValue) =>
      parseDesign(edited(text, { type: "setTraining", path: ["dataset", option], value })).design
        .training?.dataset;
    const named = '{"version": 1, "training": {"dataset": "./flowers"}}';
    const flowers = { type: "imageFolder", path: "./flowers", resize: null, testSplit: 0.1 };
    expect(dataset(named, "crop", "fill")).toEqual({ ...flowers, crop: "fill" });
    expect(dataset(lenet, "type", "synthetic")).toEqual({ type: "synthetic" });
    expect(
      edited(name, { type: "setTraining", path: ["augmentation", "flip"], value: "both" }),
    ).toContain('"augmentation": { "flip": "both" }');
    const cosine = edited(name, {
      type: "setTraining",
      path: ["schedule", "type"],
      value: "cosine",
    });
    expect(cosine).toBe(name.replace('"sgd"', '"sgd", "schedule": { "type": "cosine" }'));
    const warm = { type: "setTraining", path: ["schedule", "warmupEpochs"], value: 2 } as const;
    expect(edited(cosine, warm)).toBe(
      cosine.replace('{ "type": "cosine" }', '{ "type": "cosine", "warmupEpochs": 2 }'),
    );
    const early = edited(name, { type: "setTraining", path: ["earlyStopping"], value: {} });
    expect(parseDesign(early).design.training?.earlyStopping).toMatchObject({ patience: 5 });
    expect(edited(early, { type: "setTraining", path: ["earlyStopping"] })).toBe(name);
    expect(refusal(lenet, { type: "setTraining", path: ["a", "b", "c"], value: 1 })).toContain(
      "no value at",
    );
  });

  it("names the design", () => {
    expect(edited(lenet, { type: "setName", name: "X" })).toBe(lenet.replace('"LeNet-5"', '"X"'));
    expect(edited(fork, { type: "setName", name: "X" })).toBe(
      fork.replace('"version": 1,', '"version": 1,\n  "name": "X",'),
    );
  });

  it("keeps places and forgets them", () => {
    const placed = edited(lenet, { type: "moveNodes", positions: { c1: [1.5, 2], f6: [-0.2, 4] } });
    expect(placed).toContain('  "canvas": {\n    "c1": [2, 2],\n    "f6": [0, 4]\n  }\n}');
    expect(edited(placed, { type: "moveNodes", positions: { c1: [7, 8] } })).toBe(
      placed.replace("[2, 2]", "[7, 8]"),
    );
    expect(edited(placed, { type: "resetPositions", nodes: ["c1", "f6", "s2"] })).toBe(lenet);
    expect(refusal(lenet, { type: "moveNodes", positions: { nobody: [0, 0] } })).toBe(
      'There is no node "nobody".',
    );
    expect(refusal(lenet, { type: "moveNodes", positions: { c1: [NaN, 0] } })).toContain(
      "two numbers",
    );
  });
});

describe("a text that cannot be edited", () => {
  const command = { type: "setName", name: "X" } as const;
  it.each([
    [
      '{\n  "nodes": {\n',
      'The file is not valid JSON, line 2: This "{" is never closed: a "}" is missing. Mend the text first.',
    ],
    [
      "[]",
      "The file is not valid JSON, line 1: A design must be an object { ... }. Mend the text first.",
    ],
    ["hello", "hello is not a value: text must stand in double quotes. Mend the text first."],
    [
      '{"version": 3}',
      "The file has version 3, and this CNN Architect reads version 1: update CNN Architect. What it understands is shown and cannot be edited.",
    ],
  ])("%j", (text, message) => {
    expect(refusal(text, command)).toBe(message);
  });

  it("does not touch sections that are no objects", () => {
    expect(refusal('{"version": 1, "nodes": 5}', { type: "addNode", nodeType: "add" })).toBe(
      "nodes of the file is not an object: mend it in the text first.",
    );
  });
});

describe("a sequence", () => {
  it("is one edit, each command working on what the one before it left", () => {
    const sequence: EditCommand = {
      type: "sequence",
      commands: [
        { type: "setOption", nodes: ["a"], option: "kernelSize", value: 3 },
        { type: "addNode", nodeType: "flatten", id: "flat", from: ["sum"] },
        { type: "renameNode", node: "flat", name: "vector" },
      ],
    };
    const result = applyCommand(fork, sequence);
    expect(result.type === "edits" && result.edits.length).toBe(1);
    const { nodes } = parseDesign(edited(fork, sequence)).design;
    expect(nodes.get("a")?.options).toEqual({ filters: 4, kernelSize: 3 });
    expect(nodes.get("vector")).toMatchObject({ type: "flatten", from: ["sum"] });
  });

  it("is refused as a whole where one command is refused", () => {
    const refused = refusal(fork, {
      type: "sequence",
      commands: [
        { type: "setName", name: "Other" },
        { type: "removeNodes", nodes: ["nowhere"] },
      ],
    });
    expect(refused).toContain("nowhere");
  });
});

describe("a text that was read already", () => {
  const setFilters: EditCommand = { type: "setOption", nodes: ["c1"], option: "filters", value: 8 };
  const addRelu: EditCommand = { type: "addNode", nodeType: "activation", from: ["c1"] };
  const both: EditCommand = { type: "sequence", commands: [setFilters, addRelu, setFilters] };

  it.each([
    ["a design", lenet],
    ["nothing", ""],
    ["a broken text", '{ "nodes": { "c1": '],
    ["a text that is too long", " ".repeat(10_000_001)],
  ])("is edited as the text itself: %s", (_, text) => {
    const parsed = parseDesign(text);
    const commands = [setFilters, addRelu, both];
    expect(commands.map((command) => applyCommand(parsed, command))).toEqual(
      commands.map((command) => applyCommand(text, command)),
    );
  });
});
