import * as vscode from "vscode";
import { LONGEST_FRAGMENT } from "../core/design/fragment.ts";
import { type CopiedNodes, parseCopiedNodes } from "../protocol/copiedNodes.ts";

const linesOf = (text: string): string => text.replaceAll("\r\n", "\n").trim();

/**
 * The clipboard of the system for nodes. It carries plain text that fits into a design; blocks and places of what was
 * copied last are kept beside it, also for other windows, and hold as long as the text is the same.
 */
export class DesignClipboard {
  readonly #folder: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;
  #last: CopiedNodes | undefined;

  constructor(folder: vscode.Uri, log: vscode.LogOutputChannel) {
    this.#folder = folder;
    this.#log = log;
  }

  async write(copied: CopiedNodes): Promise<void> {
    this.#last = copied;
    await vscode.env.clipboard.writeText(copied.text);
    await this.#keep(copied);
  }

  /** What the clipboard holds; of a text longer than nodes can be, only as much as shows that it is too long. */
  async read(): Promise<CopiedNodes> {
    const text = (await vscode.env.clipboard.readText()).slice(0, LONGEST_FRAGMENT + 1);
    const isOf = (copied: CopiedNodes | undefined): copied is CopiedNodes =>
      copied !== undefined && linesOf(copied.text) === linesOf(text);
    if (isOf(this.#last)) {
      return this.#last;
    }
    const kept = await this.#kept();
    return isOf(kept) ? kept : { text, blocks: [], positions: {} };
  }

  get #file(): vscode.Uri {
    return vscode.Uri.joinPath(this.#folder, "copied-nodes.json");
  }

  async #keep(copied: CopiedNodes): Promise<void> {
    try {
      await vscode.workspace.fs.createDirectory(this.#folder);
      await vscode.workspace.fs.writeFile(
        this.#file,
        new TextEncoder().encode(JSON.stringify(copied)),
      );
    } catch (error) {
      this.#log.warn("Copied nodes cannot be kept for other windows:", error);
    }
  }

  async #kept(): Promise<CopiedNodes | undefined> {
    try {
      const bytes = await vscode.workspace.fs.readFile(this.#file);
      return parseCopiedNodes(JSON.parse(new TextDecoder().decode(bytes)));
    } catch {
      // Nothing was copied in any window yet, or the file is being written at this moment.
      return undefined;
    }
  }
}
