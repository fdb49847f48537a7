import type { Fix, ProblemCode, Severity } from "../design/problem.ts";

/** Something worth knowing about a node of the design. */
export interface Hint {
  readonly code: ProblemCode;
  /** Information where absent. */
  readonly severity?: Severity;
  readonly node: string;
  /** Goes on after the node's name and a colon. */
  readonly message: string;
  readonly option?: string;
  readonly fix?: Fix;
}
