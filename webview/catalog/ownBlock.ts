import type { BlockSource } from "../../src/core/design/design.ts";
import type { JsonValue, Option } from "../../src/core/layers/option.ts";
import { commonBlockOptions } from "../../src/core/blocks/blockOptions.ts";
import type { CatalogEntry } from "./catalog.ts";
import { repeatOption } from "../../src/core/design/recipeOptions.ts";

const known = new WeakMap<BlockSource, CatalogEntry>();

/** How a parameter is edited, by its default; words and expressions are left to the text. */
function optionOf(value: JsonValue): Option | undefined {
  const description = "Parameter of this block, as the file defines it.";
  if (typeof value === "number") {
    return { kind: "number", default: value, description };
  }
  return typeof value === "boolean" ? { kind: "boolean", default: value, description } : undefined;
}

/** What the view needs to know of a block that a file defines for itself. */
export function ownBlockEntry(type: string, source: BlockSource): CatalogEntry {
  const entry = known.get(source) ?? {
    type,
    title: type,
    category: "block",
    isOwn: true,
    summary: "A block that this file defines.",
    inputs: { minimum: source.inputs.length, maximum: source.inputs.length },
    options: {
      ...Object.fromEntries(
        Object.entries(source.parameters).flatMap(([name, value]) => {
          const option = optionOf(value);
          return option === undefined ? [] : [[name, option]];
        }),
      ),
      ...commonBlockOptions,
      repeat: repeatOption,
    },
  };
  known.set(source, entry);
  return entry;
}
