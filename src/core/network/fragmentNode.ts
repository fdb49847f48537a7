import type { FragmentNode } from "../blocks/block.ts";
import type { DesignNode } from "../design/design.ts";

/** A node inside of a built-in block in the form of a node of a design. */
export function fragmentNode(
  id: string,
  { type, from, repeat, ...options }: FragmentNode,
): DesignNode {
  return {
    id,
    type,
    from: typeof from === "string" ? [from] : from,
    options,
    repeat: typeof repeat === "number" ? repeat : 1,
  };
}
