import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { AnalysisJson } from "../../src/cli/analysisJson.ts";
import { runCli } from "../../src/cli/runCli.ts";
import { fakeTerminal } from "./fakeTerminal.ts";
import { fakeWorld } from "./fakeWorld.ts";

const lenetFile = "examples/lenet5.cnn.json";
const lenet = readFileSync(lenetFile, "utf8");
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "cnn-architect-"));
});

/** Runs a command line and keeps what it says. */
async function run(...parameters: readonly string[]) {
  const { terminal, output, complaint } = fakeTerminal();
  const code = await runCli(parameters, fakeWorld(terminal, { version: "1.2.3" }));
  return { code, output: output(), complaint: complaint() };
}

function fileOf(text: string): string {
  const file = path.join(folder, "design.cnn.json");
  writeFileSync(file, text);
  return file;
}

async function analyzed(file: string): Promise<AnalysisJson> {
  return JSON.parse((await run("analyze", file, "--json")).output) as AnalysisJson;
}

describe("analyze --json", () => {
  it("gives LeNet-5 the numbers of the textbook, in exactly the fields of the contract", async () => {
    const { code, output } = await run("analyze", lenetFile, "--json");
    const json = JSON.parse(output) as AnalysisJson;
    expect(code).toBe(0);
    expect(Object.keys(json)).toEqual(["name", "parameters", "macs", "layers", "problems"]);
    expect(json).toMatchObject({
      name: "LeNet-5",
      parameters: { total: 61_706, trainable: 61_706, nonTrainable: 0 },
      macs: 416_520,
      problems: [],
    });
    expect(json.layers.find(({ id }) => id === "s4")).toEqual({
      id: "s4",
      type: "averagePooling2d",
      inputs: ["c3"],
      outputShape: [5, 5, 16],
      parameters: { total: 0, trainable: 0, nonTrainable: 0 },
      macs: 0,
      receptiveField: { size: [16, 16], stride: [4, 4], padding: [2, 2], aligned: true },
    });
  });

  it("says null for what cannot be known, and where the problem is", async () => {
    const text = lenet.replace('"filters": 16, "kernelSize": 5', '"filters": 16, "kernelSize": 55');
    const file = fileOf(text);
    const { code } = await run("analyze", file, "--json");
    const json = await analyzed(file);
    expect(code).toBe(1);
    expect(json.layers.find(({ id }) => id === "c3")).toMatchObject({
      outputShape: null,
      receptiveField: null,
    });
    const line = text.split("\n").findIndex((row) => row.includes('"c3"'));
    const [problem] = json.problems;
    expect(problem).toMatchObject({ severity: "error", code: "shapeMismatch", node: "c3" });
    expect(problem?.message).toContain("55");
    expect(problem?.range).toEqual({
      start: { line, character: text.split("\n")[line]!.indexOf("55") },
      end: { line, character: text.split("\n")[line]!.indexOf("55") + 2 },
    });
  });
});

describe("analyze --csv and --markdown", () => {
  it("print the table of layers and nothing else", async () => {
    const csv = await run("analyze", lenetFile, "--csv");
    const markdown = await run("analyze", lenetFile, "--markdown");
    expect([csv.code, markdown.code]).toEqual([0, 0]);
    expect(csv.output.split("\r\n")[2]).toBe(
      `layer,c1,1,conv2d,"filters 6, kernelSize 5, padding same, activation tanh",exact,28x28x6,156,156,117600,18816,5,5,1,1,${156 / 61_706},${117_600 / 416_520}`,
    );
    expect(markdown.output).toContain("| **total** |  |  | **10** | **61,706** |");
  });
});

describe("bad input", () => {
  const broken: readonly (readonly [what: string, text: string, code: string, words: string])[] = [
    ["text that is not JSON", "LeNet", "invalidJson", "LeNet"],
    ["a missing input", lenet.replace('"from": "c1", ', ""), "missingInput", "s2"],
    [
      "a double input",
      lenet.replace('"from": "c1"', '"from": ["c1", "image"]'),
      "tooManyInputs",
      "s2",
    ],
    ["a cycle", lenet.replace('"from": "image"', '"from": "s2"'), "cycle", "c1"],
    [
      "an unknown type",
      lenet.replace('"flatten", "from"', '"flaten", "from"'),
      "unknownType",
      "flatten",
    ],
    [
      "a kernel larger than the map",
      lenet.replace('"filters": 16, "kernelSize": 5', '"filters": 16, "kernelSize": 15'),
      "shapeMismatch",
      "c3",
    ],
    [
      "a source that is not there",
      lenet.replace('"from": "s4"', '"from": "s9"'),
      "unknownInput",
      "s9",
    ],
    ["a missing option", lenet.replace('"units": 84, ', ""), "missingOption", "f6"],
    ["a wrong option", lenet.replace('"units": 84', '"units": -84'), "invalidOption", "f6"],
    ["no output", '{"version": 1, "nodes": {}}', "noOutput", "input"],
    [
      "a newer version",
      lenet.replace('"version": 1', '"version": 9'),
      "unsupportedVersion",
      "version 9",
    ],
  ];
  it.each(broken)(
    "%s: exit code 1 and a line with file, place and name",
    async (_what, text, code, words) => {
      const file = fileOf(text);
      const { code: exit, output } = await run("analyze", file);
      expect(exit).toBe(1);
      const line = output.split("\n").find((row) => row.includes(`[${code}]`));
      expect(line).toContain(words);
      expect(line).toMatch(/design\.cnn\.json:\d+:\d+: error: \S.*[.?] \[\w+\]$/);
    },
  );

  it("only warns where nothing keeps the design from being analysed", async () => {
    const { code, output } = await run("analyze", fileOf(lenet.replace(/ *"dataset".*\n/, "")));
    expect(code).toBe(0);
    expect(output).toContain('warning: training names no data set: add "dataset"');
  });

  it("keeps a terminal safe from what stands in a file", async () => {
    const { output } = await run(
      "analyze",
      fileOf(lenet.replace("LeNet-5", String.raw`\u001b[2J\u202egone`)),
    );
    expect(output).toContain("\uFFFD[2J\uFFFDgone");
  });
});

describe("the table", () => {
  it("shows every layer and the totals", async () => {
    const { code, output } = await run("analyze", lenetFile);
    expect(code).toBe(0);
    expect(output).toMatch(/^s4 +averagePooling2d +5 × 5 × 16 +0 +0 +16, stride 4$/m);
    expect(output).toMatch(/^total +61,706 +416,520$/m);
    expect(output).toContain("833,040 FLOPs");
    expect(output).toContain("No problems.");
  });

  it("has colours only where the terminal shows them", async () => {
    const coloured = fakeTerminal(true);
    await runCli(["analyze", lenetFile], fakeWorld(coloured.terminal));
    expect(coloured.output()).toContain("\u001B[1mLeNet-5\u001B[22m");
    expect((await run("analyze", lenetFile)).output).not.toContain("\u001B");
  });
});

describe("the examples", () => {
  const files = readdirSync("examples").filter((file) => file.endsWith(".cnn.json"));
  it.each(files)("%s has no problem and names its data", async (file) => {
    const { problems, layers, macs } = await analyzed(path.join("examples", file));
    // What is only worth knowing, such as a small receptive field, is no problem.
    expect(problems.filter(({ severity }) => severity !== "information")).toEqual([]);
    expect(layers.length).toBeGreaterThan(0);
    expect(macs).toBeGreaterThan(0);
    expect(readFileSync(path.join("examples", file), "utf8")).toMatch(
      /"dataset": "(mnist|synthetic)"/,
    );
  });

  it("show the bottleneck of 18,432 against 9,728 weights", async () => {
    const { layers } = await analyzed("examples/bottleneck.cnn.json");
    const weights = (id: string) => layers.find((layer) => layer.id === id)?.parameters.total ?? 0;
    expect([weights("plain"), weights("squeeze") + weights("narrow")]).toEqual([18_432, 9_728]);
    const { output } = await run("analyze", "examples/bottleneck.cnn.json");
    expect(output).toMatch(/^narrow +reduction +9,728 +18,432 +47\.2 %/m);
  });

  it("show the inception module of 271 million multiply-accumulates", async () => {
    const { layers } = await analyzed("examples/inception-module.cnn.json");
    const module = layers.filter(({ id }) => id.startsWith("module/"));
    expect(module.reduce((sum, { macs }) => sum + macs, 0)).toBe(271_351_808);
    expect(module.at(-1)?.outputShape).toEqual([28, 28, 480]);
  });
});

describe("usage", () => {
  it.each([
    [[], "Name a command."],
    [["paint"], 'There is no command "paint".'],
    [["analyze"], "analyze needs the name of a *.cnn.json file."],
    [["analyze", "a", "b"], "analyze takes one file, not 2."],
    [["analyze", "a", "--epochs", "2"], "analyze has no option --epochs."],
    [
      ["train", "a", "--epochs", "two"],
      "--epochs must be a whole number from 1 to 100,000, not two.",
    ],
    [["analyze", "--colour", "a"], "Unknown option '--colour'"],
    [["schema", "a"], "schema takes no file."],
    [["analyze", "a", "--csv", "--json"], "Choose one of --json and --csv."],
    [["train", "a", "--markdown"], "train has no option --markdown."],
  ])("%j is refused with words and exit code 2", async (parameters, words) => {
    const { code, output, complaint } = await run(...parameters);
    expect([code, output]).toEqual([2, ""]);
    expect(complaint).toContain(words);
    expect(complaint).toContain("Usage: cnn-architect");
  });

  it.each([
    ["nowhere.cnn.json", "There is no file nowhere.cnn.json."],
    ["examples", "examples is a folder."],
  ])("says why %s cannot be read", async (file, words) => {
    const { code, complaint } = await run("analyze", file);
    expect(code).toBe(2);
    expect(complaint).toContain(words);
    expect(complaint).not.toContain("    at ");
  });

  it("prints help and version", async () => {
    expect(await run("--help")).toMatchObject({ code: 0, complaint: "" });
    expect((await run("--help")).output).toContain("Usage: cnn-architect");
    expect(await run("--version")).toEqual({ code: 0, output: "1.2.3\n", complaint: "" });
  });
});
