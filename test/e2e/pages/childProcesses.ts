import fs from "node:fs";

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly command: string;
}

function readProcess(id: number): Process | undefined {
  try {
    const status = fs.readFileSync(`/proc/${id}/stat`, "utf8");
    // The name stands in brackets and may hold anything; the parent is the second field behind it.
    const [, parent = "0"] = status.slice(status.lastIndexOf(")") + 2).split(" ");
    const command = fs.readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ");
    return { id, parent: Number(parent), command };
  } catch {
    // It ended while we looked.
    return undefined;
  }
}

/** Ids of the direct children of a process whose command line has these words (Linux). */
export function childProcesses(parent: number, words: string): readonly number[] {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((process) => process !== undefined)
    .filter((process) => process.parent === parent && process.command.includes(words))
    .map(({ id }) => id);
}
