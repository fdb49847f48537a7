import * as vscode from "vscode";
import type { WebviewRequest } from "../protocol/webview.ts";

/** What the canvas sent of a picture. */
export type PictureAnswer = Pick<
  Extract<WebviewRequest, { readonly type: "picture" }>,
  "content" | "refused"
>;

/** Milliseconds in which the largest picture is drawn several times over. */
const LONGEST_WAIT = 60_000;

/** Pictures that the canvas was asked for; every one is answered, if only by words. */
export class PictureAnswers {
  readonly #waiting = new Map<number, (answer: PictureAnswer) => void>();
  #lastId = 0;

  ask(send: (id: number) => void): Promise<PictureAnswer> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        const refused = vscode.l10n.t(
          "The canvas has not drawn the picture. Reload it and try again.",
        );
        this.answer({ id, refused });
      }, LONGEST_WAIT);
      this.#waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      send(id);
    });
  }

  answer({ id, ...answer }: PictureAnswer & { readonly id: number }): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }
}
