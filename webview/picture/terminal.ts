import { analyzeText } from "../../src/core/analysis/analyze.ts";
import type { TerminalPicture } from "../../src/protocol/picture.ts";
import { blockTree } from "../canvas/blockTree.ts";
import { loadLayering } from "../canvas/placeSegment.ts";
import { pictureOf } from "./pictureOf.ts";

/** The picture of a design for the command line, which runs without a page. */
export const terminalPicture: TerminalPicture = async (text, options) => {
  await loadLayering();
  const drawn = analyzeText(text);
  const { groups } = blockTree(drawn.network);
  const { openBlocks, measure, flow } = options;
  const open = openBlocks === "all" ? [...groups.keys()] : openBlocks;
  const unknown = open.find((id) => !groups.has(id));
  if (unknown !== undefined) {
    return { type: "noBlock", id: unknown, blocks: [...groups.keys()] };
  }
  const { svg } = pictureOf(drawn, { openBlocks: open, measure, flow, inside: undefined }, options);
  return { type: "svg", svg };
};
