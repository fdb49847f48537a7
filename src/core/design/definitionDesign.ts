import type { Design, DesignNode } from "./design.ts";

/**
 * The inside of a block of the file as a design: what enters it are inputs of the network. `undefined` where the file
 * defines no such block.
 */
export function definitionDesign(design: Design, block: string): Design | undefined {
  const source = design.blocks.get(block);
  if (source === undefined) return undefined;
  const inputs = source.inputs.map((id): readonly [string, DesignNode] => [
    id,
    { id, type: "input", from: [], options: {}, repeat: 1 },
  ]);
  return { ...design, nodes: new Map([...inputs, ...source.nodes]), canvas: new Map() };
}
