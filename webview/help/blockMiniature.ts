import { analyzeText } from "../../src/core/analysis/analyze.ts";
import type { BlockSource, Design } from "../../src/core/design/design.ts";
import { startOptions } from "../../src/core/design/edits/startOptions.ts";
import type { JsonValue } from "../../src/core/layers/option.ts";
import type { CatalogEntry } from "../catalog/catalog.ts";
import { miniature, type Miniature } from "../miniature/miniature.ts";
import { pictureSize } from "./drawings.tsx";

const blockEntry = ({ nodes, ...rest }: BlockSource): JsonValue => ({
  ...rest,
  nodes: Object.fromEntries(
    [...nodes.values()].map(({ id, type, from, options, repeat, repeatExpression }) => [
      id,
      { type, from, ...options, ...(repeat === 1 ? {} : { repeat: repeatExpression ?? repeat }) },
    ]),
  ),
});

/** Draws what a block expands to, with the options that a new one has; `undefined` where it cannot be worked out. */
export function blockMiniature(
  { type, inputs }: CatalogEntry,
  own: Design["blocks"],
): Miniature | undefined {
  const from = Array.from({ length: Math.max(1, inputs.minimum) }, () => "image");
  const drawn = analyzeText(
    JSON.stringify({
      version: 1,
      nodes: {
        image: { type: "input", shape: [32, 32, 64] },
        block: { type, from, ...startOptions(type) },
      },
      blocks: Object.fromEntries([...own].map(([name, source]) => [name, blockEntry(source)])),
    }),
  );
  const isKnown = drawn.network.layers.some(({ node }) => node === "block");
  return isKnown ? miniature(drawn, { size: pictureSize, inside: "block" }) : undefined;
}
