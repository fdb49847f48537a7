// Opens each design in turn in VS Code and in Netron, and prints one line of JSON a round.
// measure ROUNDS EDITS DESIGN=ADDRESS...   ADDRESS is where Netron serves the same network
import { analyzeText } from "../../src/core/analysis/analyze.ts";
import { openEditor } from "../../test/e2e/pages/editor.ts";
import { benchDesigns, type BenchDesign } from "./designs.ts";
import type { Round } from "./measurement.ts";
import { measureNetron } from "./netron.ts";
import { installProbe } from "./probe.ts";
import { measureCanvas } from "./workbenchCanvas.ts";

const [, , rounds = "1", edits = "4", ...served] = process.argv;
const addressOf = new Map(served.map((each) => each.split("=") as [string, string]));
const designs = benchDesigns().filter(({ id }) => addressOf.has(id));

const editor = await openEditor(
  Object.fromEntries(designs.map(({ id, text }) => [`${id}.cnn.json`, text])),
  { size: { width: 1600, height: 1000 } },
);

async function measure(design: BenchDesign): Promise<Round> {
  const browser = editor.workbench.context.browser();
  if (browser === null) throw new Error("The workbench has no browser.");
  const { times, area } = await measureCanvas(editor, design, Number(edits));
  const netron = await measureNetron(browser, addressOf.get(design.id) ?? "", {
    width: Math.round(area.width),
    height: Math.round(area.height),
  });
  const layers = analyzeText(design.text).analysis.layers.length;
  return { design: design.id, title: design.title, layers, canvas: times, netron };
}

/** One round, whose loss on a busy machine leaves the others. */
async function attempt(design: BenchDesign): Promise<Round | undefined> {
  try {
    return await measure(design);
  } catch (error) {
    process.stderr.write(`${design.id}: ${String(error)}\n`);
    await editor.closeAll();
    return undefined;
  }
}

try {
  const { context, page } = editor.workbench;
  page.setDefaultTimeout(60_000);
  await context.addInitScript(installProbe);
  // The first canvas of a workbench also starts what VS Code needs for all of them.
  for (let round = 0; round <= Number(rounds); round++) {
    for (const design of designs) {
      const measured = await attempt(design);
      if (measured !== undefined && (round > 0 || rounds === "0")) {
        process.stdout.write(`${JSON.stringify(measured)}\n`);
      }
    }
  }
} finally {
  await editor.stop();
}
