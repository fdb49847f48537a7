import fs from "node:fs";
import path from "node:path";

const interval = 250;

/** Calls `report` with the bytes below a folder while `work` runs: pip and tfjs-node do not say how far they are. */
export async function watchBytes<Result>(
  folder: string,
  report: (bytes: number) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const timer = setInterval(() => report(bytesBelow(folder)), interval);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

function bytesBelow(folder: string): number {
  try {
    return fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
  } catch {
    // A file went away between being listed and being looked at: the next tick will tell.
    return 0;
  }
}
