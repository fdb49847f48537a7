import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import { afterPaint } from "./afterPaint.ts";
import type { AppState } from "./appState.ts";
import type { Store } from "./store.ts";

/** Layers from which on drawing all that changed takes longer than a person should wait for the first number. */
const LARGE = 300;

/** True for a design that is drawn when its totals are on the screen, and not with them. */
export const isLargeDesign = ({ network }: AnalyzedDesign): boolean =>
  network.layers.length > LARGE;

/** The drawn design as it was when the last frame with new totals was on the screen. */
export class Unhurried {
  #design: AnalyzedDesign;
  #seen: AnalyzedDesign;
  #cancel = (): void => {};
  readonly #listeners = new Set<(design: AnalyzedDesign) => void>();

  constructor(store: Store<AppState>) {
    this.#design = store.get().drawn;
    this.#seen = this.#design;
    store.subscribe(() => this.#follow(store.get().drawn));
  }

  get(): AnalyzedDesign {
    return this.#design;
  }

  /** Calls back with the design as it is and with each further large one, all listeners in one task. */
  subscribe(listener: (design: AnalyzedDesign) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#design);
    return () => this.#listeners.delete(listener);
  }

  #follow(drawn: AnalyzedDesign): void {
    if (drawn === this.#seen) {
      return;
    }
    this.#seen = drawn;
    this.#cancel();
    // At the first look there is nothing on the screen that could come before it.
    if (!isLargeDesign(drawn) || this.#listeners.size === 0) {
      this.#design = drawn;
      return;
    }
    this.#cancel = afterPaint(() => {
      this.#design = drawn;
      for (const listener of this.#listeners) {
        listener(drawn);
      }
    });
  }
}
