import type { Activation } from "../layers/activations.ts";
import type { JsonValue } from "../layers/option.ts";
import type { FragmentNode } from "./block.ts";

/** Nodes of a fragment while it is put together, and the id of the last one. */
export class FragmentChain {
  readonly nodes: Record<string, FragmentNode> = {};
  last: string;

  constructor(from = "input") {
    this.last = from;
  }

  /** Puts a node behind the last one; `from` when it starts elsewhere or joins several. */
  add(
    id: string,
    type: string,
    options: Readonly<Record<string, JsonValue>> = {},
    from: string | readonly string[] = this.last,
  ): string {
    this.nodes[id] = { type, from, ...options };
    this.last = id;
    return id;
  }

  /** An activation of its own; nothing for `linear`. */
  activate(id: string, activation: Activation): string {
    return activation === "linear" ? this.last : this.add(id, "activation", { activation });
  }
}
