import type { JsonValue } from "../layers/option.ts";
import type { EditCommand } from "./command.ts";

/** A stretch of the document in UTF-16 units. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}

/** What can be wrong with a design; stable names, used by settings, tests and the CLI. */
export type ProblemCode =
  | "invalidJson"
  | "unsupportedVersion"
  | "invalidValue"
  | "duplicateKey"
  | "unknownKey"
  | "unknownType"
  | "unknownOption"
  | "missingOption"
  | "invalidOption"
  | "missingInput"
  | "tooManyInputs"
  | "unknownInput"
  | "cycle"
  | "shapeMismatch"
  | "noInput"
  | "noOutput"
  | "deadEnd"
  | "noDataset"
  | "dataMismatch"
  | "tooLarge"
  | "budgetExceeded"
  | "misalignedBranches"
  | "receptiveField"
  | "uselessBias"
  | "uselessOption"
  | "refusedElsewhere"
  | "notTrainable";

export type Severity = "error" | "warning" | "information";

/** A change that mends a problem, offered beside it. */
export interface Fix {
  /** Button text in Title Case, for example `Set Strides to 1`. */
  readonly title: string;
  readonly command: EditCommand;
}

/** Something a person should know about the design, with its place. */
export interface Problem {
  readonly severity: Severity;
  readonly code: ProblemCode;
  /** A sentence that names the node and the sizes. */
  readonly message: string;
  /** Design node that it concerns. */
  readonly node?: string;
  /** Path of the part inside of the node that it concerns; of copies that have the same problem the first. */
  readonly part?: string;
  readonly option?: string;
  readonly range?: TextRange;
  readonly fix?: Fix;
  /** Further data for tests and tools. */
  readonly detail?: JsonValue;
}
