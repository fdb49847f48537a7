import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import type { AnalysisJson } from "../../src/cli/analysisJson.ts";
import packageJson from "../../package.json";

const cli = "dist/cli.js";
const run = promisify(execFile);

/** Runs the bundle as a person would, colours wanted or not. */
async function runBundle(...parameters: readonly string[]) {
  return run(process.execPath, [cli, ...parameters], { maxBuffer: 1e7 });
}

describe("the built command line", () => {
  beforeAll(() => {
    if (!existsSync(cli)) throw new Error(`${cli} is missing: run npm run build first.`);
  });

  it("analyses LeNet-5", async () => {
    const { stdout, stderr } = await runBundle("analyze", "examples/lenet5.cnn.json", "--json");
    const json = JSON.parse(stdout) as AnalysisJson;
    expect([json.parameters.total, json.macs, stderr]).toEqual([61_706, 416_520, ""]);
    const table = await runBundle("analyze", "examples/lenet5.cnn.json");
    expect(table.stdout).toContain("61,706");
    expect(table.stdout).not.toContain("\u001B");
  });

  it("knows its version and its exit codes", async () => {
    expect((await runBundle("--version")).stdout).toBe(`${packageJson.version}\n`);
    await expect(runBundle("analyze", "nowhere")).rejects.toMatchObject({ code: 2, stdout: "" });
    await expect(runBundle("analyze", "package.json")).rejects.toMatchObject({ code: 1 });
  });

  it("ends quietly when nobody reads on", async () => {
    const { stdout, stderr } = await run("sh", [
      "-c",
      `${JSON.stringify(process.execPath)} ${cli} schema | head -c 10`,
    ]);
    expect([stdout.length, stderr]).toEqual([10, ""]);
  });
});
