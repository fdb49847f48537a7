import type * as vscode from "vscode";

const key = "recentTypes";

/** The types of layers and blocks that a person added lately, in whatever design. */
export class RecentTypes {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get(): readonly string[] {
    return this.#memento.get<readonly string[]>(key, []);
  }

  async keep(types: readonly string[]): Promise<void> {
    await this.#memento.update(key, types);
  }
}
