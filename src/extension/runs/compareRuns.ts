import fs from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { differences } from "../../core/design/differences.ts";
import { parseDesign } from "../../core/design/parse.ts";
import type { ComparedRow, ComparedRun, Comparison } from "../../protocol/comparison.ts";
import { type MetricsLine, runFiles } from "../../protocol/run.ts";
import { thinPoints } from "../training/trainingHistory.ts";
import { formatDuration, percent } from "../training/trainingWords.ts";
import { readMetrics } from "./readRun.ts";
import type { Run } from "./run.ts";
import { stateWords } from "./runWords.ts";

/** Points of a curve that a chart of this width shows. */
const mostPoints = 400;
/** Rows that a person reads. */
const mostRows = 100;

/** The curves of several runs, and what differs between them. */
export async function comparisonOf(runs: readonly Run[]): Promise<Comparison> {
  const [metrics, designs] = await Promise.all([
    Promise.all(runs.map(({ directory }) => readMetrics(directory))),
    Promise.all(runs.map(({ directory }) => readNodes(directory))),
  ]);
  const names = distinctNames(runs);
  const rows = [
    ...results(runs),
    ...differences(runs.map(({ record }) => record?.recipe)).map(({ path: name, values }) => ({
      name,
      values,
    })),
    ...differences(runs.map(({ record }) => record?.engine.name)).map(({ values }) => ({
      name: vscode.l10n.t("engine"),
      values,
    })),
    ...differences(designs).map(({ path: name, values }) => ({ name, values })),
  ];
  return {
    runs: metrics.map((lines, index) => comparedRun(names[index] ?? "", lines)),
    rows: rows.slice(0, mostRows),
  };
}

function results(runs: readonly Run[]): readonly ComparedRow[] {
  const row = (name: string, valueOf: (run: Run) => string | undefined): ComparedRow => ({
    name,
    values: runs.map((run) => valueOf(run) ?? ""),
  });
  const share = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : percent(value);
  return [
    row(vscode.l10n.t("state"), ({ state }) => stateWords(state)),
    row(vscode.l10n.t("epochs trained"), ({ record }) => String(record?.last?.epoch ?? 0)),
    row(vscode.l10n.t("test accuracy"), ({ record }) => share(record?.testAccuracy)),
    row(vscode.l10n.t("best validation accuracy"), ({ record }) =>
      share(record?.best?.validationAccuracy),
    ),
    row(vscode.l10n.t("time"), ({ record }) =>
      record?.seconds === undefined ? undefined : formatDuration(record.seconds),
    ),
  ].filter(({ values }) => values.some((value) => value !== ""));
}

function comparedRun(name: string, lines: readonly MetricsLine[]): ComparedRun {
  const started = lines.find((line) => line.type === "started");
  let points = lines.flatMap((line) =>
    line.type === "point" ? [line] : [],
  ) as ComparedRun["points"];
  while (points.length > mostPoints) {
    points = thinPoints(points);
  }
  return {
    name,
    stepsPerEpoch: started?.type === "started" ? started.stepsPerEpoch : 1,
    points: points.map(({ step, loss, accuracy }) => ({ step, loss, accuracy })),
    epochs: lines.flatMap((line) => (line.type === "epoch" ? [line] : [])),
  };
}

/** Runs of one design have one name mostly; then the time tells them apart. */
function distinctNames(runs: readonly Run[]): readonly string[] {
  return runs.map(({ name, startedAt }) =>
    runs.filter((other) => other.name === name).length === 1
      ? name
      : `${name}, ${startedAt.toLocaleString(vscode.env.language, { dateStyle: "short", timeStyle: "medium" })}`,
  );
}

/** The nodes of the design that a run trained, by their names. */
async function readNodes(directory: string): Promise<unknown> {
  const text = await fs.readFile(path.join(directory, runFiles.design), "utf8").catch(() => "");
  const { nodes } = parseDesign(text).design;
  return Object.fromEntries(
    [...nodes.values()].map(({ id, type, from, repeat, options }) => [
      id,
      { type, from, ...(repeat !== 1 && { repeat }), ...options },
    ]),
  );
}
