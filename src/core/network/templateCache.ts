import type { Template } from "./template.ts";

/** Templates are dropped when they hold more layers than this together; about 50 MB. */
const MOST_LAYERS = 100_000;

/** Templates by a key that holds all they depend on. */
export class TemplateCache {
  readonly #templates = new Map<string, Template>();
  #layers = 0;

  /** The template of this key, where it is known. */
  find(key: string): Template | undefined {
    return this.#templates.get(key);
  }

  /** Keeps a template. */
  add(key: string, template: Template): void {
    this.#layers += template.layers.length;
    if (this.#layers > MOST_LAYERS) {
      this.#templates.clear();
      this.#layers = template.layers.length;
    }
    this.#templates.set(key, template);
  }
}
