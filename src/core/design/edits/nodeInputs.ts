import { blockDefinition } from "../../blocks/blocks.ts";
import { layerDefinition } from "../../layers/layers.ts";
import type { Design } from "../design.ts";

/** How many wires a node of a type takes; `undefined` for a type that nobody knows. */
export function inputsOf(
  type: string,
  design: Design,
): { readonly minimum: number; readonly maximum: number } | undefined {
  const own = design.blocks.get(type)?.inputs.length;
  if (own !== undefined) return { minimum: own, maximum: own };
  const block = blockDefinition(type);
  // Parts of other blocks are no types of their own.
  return block === undefined || block.isInternal === true
    ? layerDefinition(type)?.inputs
    : block.inputs;
}
