import type { TextEdit } from "../core/design/command.ts";

/** What editing needs of a text document; VS Code's documents and the tests' both are one. */
export interface EditableText {
  getText(): string;
  /** Grows by one or more with every change, whoever makes it. */
  readonly version: number;
  isWritable(): Promise<boolean>;
  /** Makes all edits as one undo step, or none where the text changed meanwhile. */
  replace(edits: readonly TextEdit[]): Promise<boolean>;
}
