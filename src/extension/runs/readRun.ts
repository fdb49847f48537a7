import fs from "node:fs/promises";
import path from "node:path";
import { type IsTraining, isTraining } from "../../native/isTraining.ts";
import { parseMetrics, parseRunRecord } from "../../protocol/parseRun.ts";
import { type MetricsLine, type RunRecord, runFiles } from "../../protocol/run.ts";
import type { Run, RunState } from "./run.ts";

/** Reads one run folder, whatever state it was left in. */
export async function readRun(directory: string, isAlive: IsTraining = isTraining): Promise<Run> {
  const record = parseRunRecord(await textOf(path.join(directory, runFiles.record)));
  if (record === undefined) {
    const startedAt = (await modified(directory)) ?? new Date(0);
    return { directory, name: path.basename(directory), state: "broken", startedAt };
  }
  const state =
    record.status === "running" ? await stateOf(directory, record, isAlive) : record.status;
  return { directory, name: record.name, state, startedAt: new Date(record.startedAt), record };
}

/** Reads every run in a folder of runs, the newest first; none where the folder is not there. */
export async function readRuns(root: string, isAlive?: IsTraining): Promise<readonly Run[]> {
  const entries = await fs.readdir(root, { withFileTypes: true }).catch(() => []);
  // A trainer that was killed while it made the folder of its run leaves one with a dot.
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith("."));
  const runs = await Promise.all(
    folders.map(({ name }) => readRun(path.join(root, name), isAlive)),
  );
  return runs.toSorted((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
}

/** The metrics of a run that can be read; none where there is no file. */
export async function readMetrics(directory: string): Promise<readonly MetricsLine[]> {
  return parseMetrics(await textOf(path.join(directory, runFiles.metrics)));
}

/** Gives a run another name; throws what the disk says. */
export async function renameRun(directory: string, name: string): Promise<void> {
  const file = path.join(directory, runFiles.record);
  const record = parseRunRecord(await fs.readFile(file, "utf8"));
  if (record === undefined) {
    throw new Error(`${file} cannot be read`);
  }
  const temporary = `${file}.${process.pid}.rename.tmp`;
  await fs.writeFile(temporary, `${JSON.stringify({ ...record, name }, null, 2)}\n`, {
    flush: true,
  });
  await fs.rename(temporary, file);
}

/** A trainer that was killed between its last line and its record has ended all the same. */
async function stateOf(
  directory: string,
  record: RunRecord,
  isAlive: IsTraining,
): Promise<RunState> {
  const lastSign = (await modified(path.join(directory, runFiles.metrics))) ?? new Date(0);
  const { id, host, startedAt = record.startedAt } = record.process;
  if (isAlive({ id, host, startedAt: new Date(startedAt), lastSign })) {
    return "running";
  }
  const last = (await readMetrics(directory)).at(-1);
  switch (last?.type) {
    case "finished":
      return last.reason;
    case "failed":
      return "failed";
    case "started":
    case "point":
    case "epoch":
    case undefined:
      return "interrupted";
  }
}

const textOf = (file: string): Promise<string> => fs.readFile(file, "utf8").catch(() => "");

const modified = (file: string): Promise<Date | undefined> =>
  fs.stat(file).then(
    ({ mtime }) => mtime,
    () => undefined,
  );
