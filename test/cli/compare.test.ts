import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/runCli.ts";
import { fakeTerminal } from "./fakeTerminal.ts";
import { fakeWorld } from "./fakeWorld.ts";

const before = "examples/lenet5.cnn.json";
const after = path.join(mkdtempSync(path.join(os.tmpdir(), "cnn-architect-")), "after.cnn.json");
writeFileSync(
  after,
  readFileSync(before, "utf8")
    .replace('"filters": 16', '"filters": 20')
    .replace('"epochs": 5', '"epochs": 6'),
);

async function run(...parameters: readonly string[]) {
  const { terminal, output, complaint } = fakeTerminal();
  const code = await runCli(parameters, fakeWorld(terminal));
  return { code, output: output(), complaint: complaint() };
}

describe("cnn-architect compare", () => {
  it("shows what changed, what follows, and what it adds up to", async () => {
    const { code, output } = await run("compare", before, after);
    expect(code).toBe(0);
    expect(output.split("\n").slice(3, 12)).toEqual([
      "≠  c3       filters 16 → 20  10×10×16 → 10×10×20        +604  +60,000",
      "~  s4                        5×5×16 → 5×5×20               0        0",
      "~  flatten                   400 → 500                     0        0",
      "~  c5                        120                     +12,000  +12,000",
      "   total                                             +12,604  +72,000",
      "",
      "training.epochs 5 → 6",
      "",
      "61,706 → 74,310 parameters, 416,520 → 488,520 multiply-accumulates for one image",
    ]);
  });

  it("prints JSON with both sides of everything", async () => {
    const { output } = await run("compare", before, after, "--json");
    const json = JSON.parse(output) as { nodes: unknown[]; settings: unknown[] };
    expect([json.nodes[0], json.settings]).toEqual([
      {
        kind: "changed",
        id: { before: "c3", after: "c3" },
        type: { before: "conv2d", after: "conv2d" },
        changes: [{ option: "filters", before: 16, after: 20 }],
        outputShape: { before: [10, 10, 16], after: [10, 10, 20] },
        parameters: { before: 2416, after: 3020 },
        macs: { before: 240_000, after: 300_000 },
      },
      [{ option: "training.epochs", before: 5, after: 6 }],
    ]);
  });

  it("says that nothing differs, and takes two files", async () => {
    expect((await run("compare", before, before)).output).toContain("The designs are the same.");
    expect((await run("compare", before)).complaint).toContain("compare takes two files, not 1.");
    expect((await run("compare", before, after, "--csv")).complaint).toContain(
      "compare has no option --csv.",
    );
  });
});
