/** The steps of an installation, in the order a person sees them. */
export type InstallPhase =
  | "package"
  | "probe"
  | "download"
  | "verify"
  | "extract"
  | "compile"
  | "try"
  | "record";

/** One report of an installation that is under way. */
export interface InstallProgress {
  readonly phase: InstallPhase;
  /** A sentence for people, without a full stop. */
  readonly message: string;
  /** Bytes done and, where it is known, bytes to do. */
  readonly bytes?: { readonly done: number; readonly total: number | undefined };
}

export type ReportProgress = (progress: InstallProgress) => void;
