/** A VS Code server that is installed on this machine. */
export interface VscodeHost {
  /** The Node that runs it; the system's may be too old. */
  readonly node: string;
  /** Its main program, run with that Node. */
  readonly server: string;
}

/** Something a person can mend; shown without a stack trace. */
export class HostError extends Error {
  override readonly name = "HostError";
}
