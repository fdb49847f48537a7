import { blockDefinition } from "../../blocks/blocks.ts";
import { layerDefinition } from "../../layers/layers.ts";
import type { JsonValue } from "../../layers/option.ts";
import { UnfoldError, Unfolding, type Unfolded } from "../../network/unfold.ts";
import type { JsonObject, TextEdit } from "../command.ts";
import type { DesignNode } from "../design.ts";
import { fileDefault, meaning, optionOf } from "../grouping/optionValues.ts";
import { type DesignText, isNameTaken, Refusal, replaceEntry, sectionOf } from "./designText.ts";
import { inputsOf } from "./nodeInputs.ts";
import { forgetPositions } from "./placeNodes.ts";
import { checkNode, rewire } from "./wires.ts";
import { t } from "../../text/t.ts";

/** Puts what blocks stand for in their place: nodes that compute the same, under names that begin with the block's. */
export function expandBlocks(document: DesignText, ids: readonly string[]): readonly TextEdit[] {
  const { design } = document;
  const section = sectionOf(document, "nodes");
  if (section === undefined || ids.length === 0) throw new Refusal(t("Select a block first."));
  const unfolded = unfoldAll(document, ids);
  const outputOf = (source: string): string => {
    let id = source;
    // A block through which its input passes unchanged leads on to what was before it.
    for (let next = unfolded.get(id); next !== undefined; next = unfolded.get(id)) id = next.output;
    return id;
  };
  const readers = [...design.nodes.values()].filter(
    ({ id, from }) => !unfolded.has(id) && from.some((source) => unfolded.has(source)),
  );
  return [
    ...[...unfolded].flatMap(([id, { nodes }]) =>
      replaceEntry(
        document,
        section,
        id,
        Object.fromEntries(nodes.map((node) => [node.id, entryOf(document, node, outputOf)])),
      ),
    ),
    ...readers.flatMap(({ id }) => rewire(document, id, outputOf)),
    ...forgetPositions(document, new Set(unfolded.keys())),
  ];
}

function unfoldAll(document: DesignText, ids: readonly string[]): ReadonlyMap<string, Unfolded> {
  const { design } = document;
  const unfolding = new Unfolding(design, (name) => isNameTaken(document, name));
  const unfolded = new Map<string, Unfolded>();
  for (const id of new Set(ids)) {
    checkNode(document, id);
    const node = design.nodes.get(id);
    if (node === undefined) continue;
    try {
      unfolded.set(id, unfolding.unfold(node));
    } catch (error) {
      throw error instanceof UnfoldError ? new Refusal(error.message) : error;
    }
  }
  return unfolded;
}

function entryOf(
  { design }: DesignText,
  { type, from, repeat, options }: DesignNode,
  outputOf: (source: string) => string,
): JsonObject {
  const sources = from.map(outputOf);
  const [only] = sources;
  const isSingle = sources.length === 1 && inputsOf(type, design)?.maximum === 1;
  return {
    type,
    ...(only === undefined ? {} : { from: isSingle ? only : sources }),
    ...(repeat === 1 ? {} : { repeat }),
    ...plainOptions(type, options),
  };
}

/** Options as a person writes them: without those that are the default anyway, and `3` for `[3, 3]`. */
function plainOptions(type: string, options: DesignNode["options"]): JsonObject {
  const isBuiltIn = layerDefinition(type) !== undefined || blockDefinition(type) !== undefined;
  return Object.fromEntries(
    Object.entries(options).flatMap(([key, value]) => {
      const option = isBuiltIn ? optionOf(type, key) : undefined;
      const fallback = option && fileDefault(option);
      const isDefault =
        fallback !== undefined && meaning(type, key, value) === meaning(type, key, fallback);
      return isDefault ? [] : [[key, plainValue(type, key, value)] as const];
    }),
  );
}

function plainValue(type: string, key: string, value: JsonValue): JsonValue {
  if (!Array.isArray(value)) return value;
  const [first] = value.map((each: JsonValue) => each);
  return typeof first === "number" && meaning(type, key, value) === meaning(type, key, first)
    ? first
    : value;
}
