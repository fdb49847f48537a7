import fs from "node:fs/promises";
import path from "node:path";
import { cacheDirectory } from "../../native/cacheDirectory.ts";

/** Where prepared images are kept, outside of every workspace. */
export const datasetCache = (): string => path.join(cacheDirectory(), "datasets");

/** What prepared images may take of the disk, in bytes. */
const mostOnDisk = 10 * 2 ** 30;

/** What stays free on a disk that prepared images are written to. */
const leftFree = 2 ** 30;

interface Entry {
  readonly folder: string;
  readonly bytes: number;
  readonly used: number;
}

/**
 * Makes room for so many bytes by removing what was used longest ago.
 * False where they would be too many for the cache or the disk.
 */
export async function makeRoom(cache: string, bytes: number): Promise<boolean> {
  await fs.mkdir(cache, { recursive: true });
  const { bavail, bsize } = await fs.statfs(cache);
  if (bytes > mostOnDisk || bavail * bsize < bytes + leftFree) {
    return false;
  }
  const entries = (await listEntries(cache)).toSorted((a, b) => a.used - b.used);
  let total = entries.reduce((sum, entry) => sum + entry.bytes, bytes);
  for (const entry of entries) {
    if (total <= mostOnDisk) break;
    await fs.rm(entry.folder, { recursive: true, force: true }).catch(() => undefined);
    total -= entry.bytes;
  }
  return true;
}

async function listEntries(cache: string): Promise<readonly Entry[]> {
  const names = await fs.readdir(cache);
  const entries = names.map(async (name): Promise<Entry | undefined> => {
    const folder = path.join(cache, name);
    try {
      const { mtimeMs: used } = await fs.stat(folder);
      const sizes = (await fs.readdir(folder)).map(
        // A sparse file takes less than its length.
        async (file) => (await fs.stat(path.join(folder, file))).size,
      );
      return { folder, used, bytes: (await Promise.all(sizes)).reduce((a, b) => a + b, 0) };
    } catch {
      // Another process has just removed it, or it is no folder.
      return undefined;
    }
  });
  return (await Promise.all(entries)).filter((entry) => entry !== undefined);
}
