import path from "node:path";
import { analyzeText } from "../core/analysis/analyze.ts";
import { formatNumber } from "../core/design/words.ts";
import type { compareEngines, MeasuredResult } from "../trainer/clientMeasure.ts";
import { layTable } from "./table.ts";
import { type ExitCode, exitCodes, printable, type Terminal } from "./terminal.ts";
import { readTrainable, type TrainingWorld } from "./trainCommand.ts";

/** Measures every engine in a process of its own. */
export type CompareEngines = typeof compareEngines;

/** `cnn-architect engines FILE [--json]`: trains a few steps on each engine and shows how fast it is, or why it cannot. */
export async function enginesCommand(
  file: string,
  { json }: { readonly json: boolean },
  terminal: Terminal,
  world: Pick<TrainingWorld, "engineDirectories" | "onInterrupt"> & {
    readonly compare: CompareEngines;
  },
): Promise<ExitCode> {
  const text = readTrainable(file, terminal);
  if (text === undefined) return exitCodes.failed;
  const cancel = new AbortController();
  const forget = world.onInterrupt(() => cancel.abort());
  const comparison = await world.compare(
    { text, engineDirectories: world.engineDirectories, designFile: path.resolve(file) },
    {
      signal: cancel.signal,
      report: (engine, phase) => {
        if (phase === undefined) terminal.complain(`Measuring ${engine} ...\n`);
      },
    },
  );
  forget();
  switch (comparison.type) {
    case "cancelled":
      return exitCodes.interrupted;
    case "failed":
      terminal.complain(`${printable(comparison.message)}\n`);
      return exitCodes.failed;
    case "compared":
      break;
  }
  const { name } = analyzeText(text).parsed.design;
  const { results } = comparison;
  terminal.write(json ? `${JSON.stringify({ name, engines: results })}\n` : report(name, results));
  return results.some(({ answer }) => answer.type === "measured") ? exitCodes.ok : exitCodes.failed;
}

function report(name: string, results: readonly MeasuredResult[]): string {
  const measured = results.flatMap(({ answer }) => (answer.type === "measured" ? [answer] : []));
  const [first] = measured;
  const data = first && `batches of ${formatNumber(first.batchSize)}, ${printable(first.dataset)}`;
  const notes = results.flatMap(({ engine, answer }) =>
    answer.type === "failed"
      ? [[`${engine}: ${answer.message}`, answer.hint].filter(Boolean).join(" ")]
      : [],
  );
  const lines = [
    [name, data].filter(Boolean).join(", "),
    ...(first?.substituted === undefined ? [] : [`Made-up images: ${first.substituted}`]),
    ...(measured.length === 0 ? [] : layTable(columns, results.flatMap(row))),
    ...notes,
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

const columns = [
  { title: "engine", align: "left" },
  { title: "images/s", align: "right" },
  { title: "ms a step", align: "right" },
  { title: "peak MB", align: "right" },
  { title: "", align: "left" },
] as const;

function row({ engine, answer }: MeasuredResult): readonly (readonly string[])[] {
  if (answer.type === "failed") return [];
  const { imagesPerSecond, stepSeconds, peakBytes } = answer;
  return [
    [
      engine,
      formatNumber(Math.round(imagesPerSecond)),
      (1000 * stepSeconds).toFixed(1),
      formatNumber(Math.round(peakBytes / 1e6)),
      printable(answer.engine.detail),
    ],
  ];
}
