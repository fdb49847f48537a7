// Opens each design in turn in VS Code and in Netron, and prints one line of JSON a round.
// measure ROUNDS EDITS DESIGN=ADDRESS...   ADDRESS is where Netron serves the same network
import { analyzeText } from "../../src/core/analysis/analyze.ts";
import { openEditor, type Editor } from "../../test/e2e/pages/editor.ts";
import { benchDesigns, type BenchDesign } from "./designs.ts";
import type { Round } from "./measurement.ts";
import { measureNetron } from "./netron.ts";
import { installProbe } from "./probe.ts";
import { measureCanvas } from "./workbenchCanvas.ts";

const [, , rounds = "1", edits = "4", ...served] = process.argv;
const addressOf = new Map(served.map((each) => each.split("=") as [string, string]));
const designs = benchDesigns().filter(({ id }) => addressOf.has(id));

/** VS Code with every design; the first canvas also starts what VS Code needs for all of them. */
async function open(): Promise<Editor> {
  const editor = await openEditor(
    Object.fromEntries(designs.map(({ id, text }) => [`${id}.cnn.json`, text])),
    { size: { width: 1600, height: 1000 } },
  );
  editor.workbench.page.setDefaultTimeout(60_000);
  await editor.workbench.context.addInitScript(installProbe);
  return editor;
}

async function measure(editor: Editor, design: BenchDesign): Promise<Round> {
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

/** Measures one round and prints it; false where something was lost on the way. */
async function attemptRound(editor: Editor, design: BenchDesign, isShown: boolean) {
  try {
    const measured = await measure(editor, design);
    if (isShown) process.stdout.write(`${JSON.stringify(measured)}\n`);
    return true;
  } catch (error) {
    process.stderr.write(`${design.id}: ${String(error)}\n`);
    return false;
  }
}

let editor = await open();
try {
  for (let round = 0; round <= Number(rounds); round++) {
    for (const design of designs) {
      if (!(await attemptRound(editor, design, round > 0 || rounds === "0"))) {
        // Whatever state that one is in; the next round begins with another.
        await editor.stop();
        editor = await open();
      }
    }
  }
} finally {
  await editor.stop();
}
