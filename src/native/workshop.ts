import type { ReportProgress } from "./progress.ts";
import type { RunProgram } from "./runProgram.ts";
import type { Wheel } from "./wheel.ts";

/** What the outside world answers to the question whether a file can be downloaded. */
export type ProbeAnswer =
  | { readonly type: "reachable"; readonly bytes: number | undefined }
  | { readonly type: "closed"; readonly reason: string };

/** Everything an installation touches outside its own folder; tests put other hands here. */
export interface InstallHands {
  readonly run: RunProgram;
  readonly probe: (url: string, signal: AbortSignal | undefined) => Promise<ProbeAnswer>;
  readonly wheels: Readonly<Record<string, Wheel>>;
}

/** One installation under way. */
export interface Workshop extends InstallHands {
  /** The folder that becomes the engine's directory when everything has worked. */
  readonly staging: string;
  readonly report: ReportProgress;
  readonly signal: AbortSignal | undefined;
}
