import { auxiliaryHead } from "./auxiliaryHead.ts";
import type { BlockDefinition } from "./block.ts";
import { convBlock } from "./convBlock.ts";
import { denseBlock } from "./denseBlock.ts";
import { denseUnit } from "./denseUnit.ts";
import { depthwiseSeparableBlock } from "./depthwiseSeparableBlock.ts";
import { fireBlock } from "./fireBlock.ts";
import { inceptionBlock } from "./inceptionBlock.ts";
import { invertedResidualBlock } from "./invertedResidualBlock.ts";
import { residualBlock } from "./residualBlock.ts";
import { squeezeExciteBlock } from "./squeezeExciteBlock.ts";
import { transitionBlock } from "./transitionBlock.ts";

/** Every block by its type, in the order of the palette; adding one is a file and a line here. */
export const blocks = {
  convBlock,
  residualBlock,
  inceptionBlock,
  denseBlock,
  transitionBlock,
  depthwiseSeparableBlock,
  invertedResidualBlock,
  fireBlock,
  squeezeExciteBlock,
  auxiliaryHead,
  denseUnit,
} as const satisfies Readonly<Record<string, BlockDefinition>>;

export type BlockType = keyof typeof blocks;

/** The definition of a built-in block, or `undefined` where a file names one that does not exist. */
export function blockDefinition(type: string): BlockDefinition | undefined {
  return Object.hasOwn(blocks, type) ? blocks[type as BlockType] : undefined;
}
