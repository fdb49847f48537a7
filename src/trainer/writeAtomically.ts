import fs from "node:fs";
import path from "node:path";

/**
 * Replaces a file as one: whoever reads it, also after a crash, sees the old content or the new.
 * `beforeRename` hears where the whole content lies before it gets its name.
 */
export function writeAtomically(
  file: string,
  content: Uint8Array | string,
  beforeRename?: (temporary: string) => void,
): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const descriptor = fs.openSync(temporary, "w");
    try {
      fs.writeFileSync(descriptor, content);
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    beforeRename?.(temporary);
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/** Has a file survive a power cut. */
export function syncFile(file: string): void {
  const descriptor = fs.openSync(file, "r+");
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Removes what a process that was killed while it replaced a file left in a folder. */
export function removeAbandoned(directory: string): void {
  for (const name of fs.readdirSync(directory)) {
    if (name.endsWith(".tmp")) {
      fs.rmSync(path.join(directory, name), { force: true });
    }
  }
}
