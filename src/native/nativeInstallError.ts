/** One way to get the engine that did not work, and why, in words. */
export interface RoadFailure {
  readonly road: string;
  readonly reason: string;
}

/** Why an installation ended without an engine. */
export class NativeInstallError extends Error {
  override readonly name = "NativeInstallError";
  readonly reason: "cancelled" | "failed";
  readonly failures: readonly RoadFailure[];

  constructor(
    reason: "cancelled" | "failed",
    message: string,
    failures: readonly RoadFailure[] = [],
  ) {
    super(message);
    this.reason = reason;
    this.failures = failures;
  }
}

/** Thrown inside one road: the installation goes on with the next one. The message says why and what would help. */
export class RoadClosed extends Error {
  override readonly name = "RoadClosed";
}
