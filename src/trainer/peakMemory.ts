import fs from "node:fs";

/** Bytes of the largest memory that this process has had. */
export function peakMemory(): number {
  // On Linux, what the operating system counts otherwise begins with the memory of the process that started this one.
  const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/mu.exec(processStatus()) ?? [];
  return 1024 * Number(kilobytes ?? process.resourceUsage().maxRSS);
}

function processStatus(): string {
  try {
    return fs.readFileSync("/proc/self/status", "utf8");
  } catch {
    return "";
  }
}
