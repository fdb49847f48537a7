import fs from "node:fs";

/** Whether a process with this number is at work on this machine, whoever's it is. */
export function isProcessAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return !isZombie(id);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** In a container a process that has ended may stand in the list for ever, because nobody asks how it ended (Linux). */
function isZombie(id: number): boolean {
  try {
    const status = fs.readFileSync(`/proc/${id}/stat`, "utf8");
    return status.slice(status.lastIndexOf(")") + 2).startsWith("Z");
  } catch {
    return false;
  }
}
