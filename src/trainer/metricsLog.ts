import fs from "node:fs";
import { parseMetrics } from "../protocol/parseRun.ts";
import type { MetricsLine } from "../protocol/run.ts";
import { AppendedFile } from "./appendedFile.ts";
import { writeAtomically } from "./writeAtomically.ts";

/** The lines of `metrics.jsonl`, without gap or double also where a run goes on. */
export class MetricsLog {
  readonly #file: AppendedFile;

  constructor(file: string, length = 0) {
    this.#file = new AppendedFile(file, length);
  }

  /** Goes on with a file, of which only some lines count; throws what the disk says. */
  static goOn(file: string, counts: (line: MetricsLine) => boolean): MetricsLog {
    const content = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
    const kept = content
      .split("\n")
      .filter((text) => parseMetrics(text).some(counts))
      .map((text) => `${text}\n`)
      .join("");
    if (kept !== content) {
      writeAtomically(file, kept);
    }
    return new MetricsLog(file, Buffer.byteLength(kept));
  }

  /** Adds lines; throws what the disk says. */
  add(lines: readonly MetricsLine[]): void {
    this.#file.add(Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join("")));
  }

  /** Has what was added survive a power cut; throws what the disk says. */
  sync(): void {
    this.#file.sync();
  }
}
