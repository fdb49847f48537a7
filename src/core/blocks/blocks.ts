import type { BlockDefinition } from "./block.ts";
import { convBlock } from "./convBlock.ts";
import { inceptionBlock } from "./inceptionBlock.ts";
import { residualBlock } from "./residualBlock.ts";
import { squeezeExciteBlock } from "./squeezeExciteBlock.ts";

/** Every block by its type, in the order of the palette; adding one is a file and a line here. */
export const blocks = {
  convBlock,
  inceptionBlock,
  residualBlock,
  squeezeExciteBlock,
} as const satisfies Readonly<Record<string, BlockDefinition>>;

export type BlockType = keyof typeof blocks;

/** The definition of a built-in block, or `undefined` where a file names one that does not exist. */
export function blockDefinition(type: string): BlockDefinition | undefined {
  return Object.hasOwn(blocks, type) ? blocks[type as BlockType] : undefined;
}
