import fs from "node:fs/promises";
import path from "node:path";

const ownFolder = ".cnn-architect";

/** The folder of runs in a workspace folder, or beside a file that is in none. */
export const runsRoot = (folder: string): string => path.join(folder, ownFolder, "runs");

/** Makes the folder of runs, which keeps itself out of Git; throws what the disk says. */
export async function makeRunsRoot(folder: string): Promise<string> {
  const root = runsRoot(folder);
  await fs.mkdir(root, { recursive: true });
  try {
    await fs.writeFile(path.join(folder, ownFolder, ".gitignore"), "*\n", { flag: "wx" });
  } catch (error) {
    // A person may have written their own.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw error;
    }
  }
  return root;
}

/** A path that is free: the one that was asked for, else with a number. */
export async function freePath(wanted: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? wanted : `${wanted}-${number}`;
    const isTaken = await fs.stat(candidate).then(
      () => true,
      () => false,
    );
    if (!isTaken) {
      return candidate;
    }
  }
}
