import type * as vscode from "vscode";
import type { HostMessage } from "../../protocol/webview.ts";
import type { OtherText } from "./otherText.ts";

type ComparisonMessage = Extract<HostMessage, { readonly type: "designComparison" }>;

/** One comparison on one canvas: sends the other text and follows it. */
export class ComparisonSession implements vscode.Disposable {
  readonly #other: OtherText;
  readonly #post: (message: ComparisonMessage) => void;
  readonly #onError: (error: unknown) => void;
  readonly #subscription: vscode.Disposable;
  #isOver = false;

  constructor(
    other: OtherText,
    post: (message: ComparisonMessage) => void,
    onError: (error: unknown) => void,
  ) {
    this.#other = other;
    this.#post = post;
    this.#onError = onError;
    this.#subscription = other.onDidChange(() => void this.sendSafely());
  }

  /** Sends the text as it is now; throws where it cannot be read. */
  async send(): Promise<void> {
    const text = await this.#other.read();
    if (!this.#isOver) {
      this.#post({ type: "designComparison", other: { title: this.#other.title, text } });
    }
  }

  /** Sends it again; what cannot be read any more leaves what was read last. */
  async sendSafely(): Promise<void> {
    try {
      await this.send();
    } catch (error) {
      this.#onError(error);
    }
  }

  dispose(): void {
    this.#isOver = true;
    this.#subscription.dispose();
  }
}
