import os from "node:os";

/** Bytes that a new process can take on this machine, within the limits of a container as well. */
export function availableMemory(): number {
  // macOS counts as free only what holds nothing at all, and gives back what files are cached in.
  if (process.platform === "darwin") return 0.7 * os.totalmem();
  return process.availableMemory?.() ?? os.freemem();
}
