import { analyzeText, type AnalyzedDesign } from "../core/analysis/analyze.ts";
import type { EditCommand } from "../core/design/command.ts";
import { applyCommand } from "../core/design/edit.ts";
import type { EditableText } from "./editableText.ts";

/** Why a gesture changed nothing; `refused` carries the core's own words. */
export type EditRefusal =
  | { readonly reason: "readOnly" }
  | { readonly reason: "changedMeanwhile" }
  | { readonly reason: "refused"; readonly message: string };

/** How a command ended: the text is changed, or the reason why it is not. */
export type EditOutcome =
  | { readonly type: "applied"; readonly created?: string }
  | { readonly type: "rejected"; readonly refusal: EditRefusal };

const rejected = (refusal: EditRefusal): EditOutcome => ({ type: "rejected", refusal });

/** Owns every edit of one design's text: one command after the other, each one undo step. */
export class DesignDocument {
  readonly #text: EditableText;
  #queue: Promise<unknown> = Promise.resolve();
  /** Versions between which nobody but this class changed the text. */
  #ownVersions: { readonly from: number; readonly to: number };
  #analyzed: { readonly version: number; readonly design: AnalyzedDesign } | undefined;

  constructor(text: EditableText) {
    this.#text = text;
    this.#ownVersions = { from: text.version, to: text.version };
  }

  /** Everything that follows from the text as it stands, worked out once a version. */
  get analyzed(): AnalyzedDesign {
    const { version } = this.#text;
    if (this.#analyzed?.version !== version) {
      this.#analyzed = { version, design: analyzeText(this.#text.getText()) };
    }
    return this.#analyzed.design;
  }

  /**
   * Applies a command after all earlier ones.
   * `madeOn` is the version the person saw; a command made before somebody else's change is rejected.
   */
  apply(command: EditCommand, madeOn?: number): Promise<EditOutcome> {
    const outcome = this.#queue.then(() => this.#applyNow(command, madeOn));
    // A failure belongs to its own caller and must not hold up the commands behind it.
    this.#queue = outcome.catch(() => undefined);
    return outcome;
  }

  async #applyNow(command: EditCommand, madeOn: number | undefined): Promise<EditOutcome> {
    if (!(await this.#text.isWritable())) {
      return rejected({ reason: "readOnly" });
    }
    const version = this.#noteVersion();
    if (madeOn !== undefined && madeOn < this.#ownVersions.from) {
      return rejected({ reason: "changedMeanwhile" });
    }
    const result = applyCommand(this.#text.getText(), command);
    if (result.type === "refused") {
      return rejected({ reason: "refused", message: result.message });
    }
    if (result.edits.length > 0) {
      const isDone = await this.#text.replace(result.edits);
      // VS Code says "no", or says "yes" and changes nothing, where a file may not be changed.
      if (this.#text.version === version) {
        return rejected({ reason: "readOnly" });
      }
      if (!isDone) {
        return rejected({ reason: "changedMeanwhile" });
      }
    }
    this.#noteOwnChange(version);
    return {
      type: "applied",
      ...(result.created === undefined ? {} : { created: result.created }),
    };
  }

  #noteVersion(): number {
    const { version } = this.#text;
    if (version !== this.#ownVersions.to) {
      this.#ownVersions = { from: version, to: version };
    }
    return version;
  }

  #noteOwnChange(before: number): void {
    const { version } = this.#text;
    if (version <= before + 1) {
      this.#ownVersions = { from: this.#ownVersions.from, to: version };
    }
  }
}
