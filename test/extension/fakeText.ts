import type { TextEdit } from "../../src/core/design/command.ts";
import type { EditableText } from "../../src/extension/editableText.ts";

/** A text document in memory that behaves as VS Code's: versions grow, edits are whole or not at all, undo is a version too. */
export class FakeText implements EditableText {
  version = 1;
  isLocked = false;
  /** Says that edits are done and does none, as VS Code does for a file that a setting makes read-only. */
  isIndifferent = false;
  /** Runs before the next replacement, as another hand would. */
  meanwhile: (() => void) | undefined;
  readonly #undo: string[] = [];
  #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  getText(): string {
    return this.#text;
  }

  isWritable(): Promise<boolean> {
    return Promise.resolve(!this.isLocked);
  }

  async replace(edits: readonly TextEdit[]): Promise<boolean> {
    if (this.isIndifferent) {
      return true;
    }
    const { version } = this;
    await Promise.resolve();
    this.meanwhile?.();
    this.meanwhile = undefined;
    if (this.version !== version || this.isLocked) {
      return false;
    }
    this.type(applyEdits(this.#text, edits));
    return true;
  }

  /** Somebody writes into the text editor. */
  type(text: string): void {
    this.#undo.push(this.#text);
    this.#text = text;
    this.version += 1;
  }

  undo(): void {
    this.#text = this.#undo.pop() ?? this.#text;
    this.version += 1;
  }
}

function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.offset - a.offset)
    .reduce(
      (result, edit) =>
        result.slice(0, edit.offset) + edit.text + result.slice(edit.offset + edit.length),
      text,
    );
}
