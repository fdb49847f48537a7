import { blockDefinition, blocks as builtInBlocks } from "../../blocks/blocks.ts";
import { layerDefinition, layers } from "../../layers/layers.ts";
import type { JsonValue } from "../../layers/option.ts";
import { topologicalOrder } from "../../network/topologicalOrder.ts";
import type { EditCommand, JsonObject, NamedEntry, Position, TextEdit } from "../command.ts";
import { nearestName } from "../nearestName.ts";
import { didYouMean } from "../words.ts";
import { bringBlocks } from "./bringBlocks.ts";
import {
  addSections,
  addToSection,
  type DesignText,
  isNameTaken,
  Refusal,
  sectionOf,
} from "./designText.ts";
import { freeName } from "./freeName.ts";
import { placeNodes, roundPositions } from "./placeNodes.ts";
import { t } from "../../text/t.ts";

type PasteNodes = Extract<EditCommand, { readonly type: "pasteNodes" }>;

/** Adds nodes of another text, or of this one once more, at the end of the file's nodes. */
export function pasteNodes(document: DesignText, command: PasteNodes): readonly TextEdit[] {
  const { blocks = [], positions = {} } = command;
  const input = inputOf(document);
  const isSpare = ({ entry }: NamedEntry) => input !== undefined && entry["type"] === "input";
  // Of two entries with one name the later one holds, here as everywhere.
  const copied = [...new Map(command.nodes.map((node) => [node.name, node])).values()];
  const nodes = copied.filter((node) => !isSpare(node));
  if (copied.length === 0) throw new Refusal(t("There is nothing to paste."));
  if (nodes.length === 0) {
    throw new Refusal(
      t("The design has an input already, {0}: one image enters a network.", input ?? ""),
    );
  }
  const { added, nameOf } = bringBlocks(document, nodes, blocks);
  const names = namesFor(document, nodes);
  // One image enters a network, so what read a copied input reads the one that there is.
  for (const { name } of copied.filter(isSpare)) names.set(name, input ?? name);
  const sourceOf = (source: string) =>
    names.get(source) ?? (document.design.nodes.has(source) ? source : undefined);
  checkNoCircle(nodes);
  const pasted = nodes.map(({ name, entry }) => {
    const type = typeof entry["type"] === "string" ? nameOf(entry["type"]) : "";
    if (!isKnown(document, type, added)) throw new Refusal(unknownType(document, type));
    return [names.get(name) ?? name, rewired({ ...entry, type }, sourceOf)] as const;
  });
  const placed = nodes.flatMap(({ name }) => {
    const position = Object.hasOwn(positions, name) ? positions[name] : undefined;
    return position === undefined ? [] : [[names.get(name) ?? name, position] as const];
  });
  return addEntries(document, {
    nodes: Object.fromEntries(pasted),
    blocks: Object.fromEntries(added.map(({ name, entry }) => [name, entry])),
    canvas: Object.fromEntries(placed),
  });
}

interface Added {
  readonly nodes: Readonly<Record<string, JsonValue>>;
  readonly blocks: Readonly<Record<string, JsonValue>>;
  readonly canvas: Readonly<Record<string, Position>>;
}

/** Sections that the file lacks are added in one go, since two that follow the same one would both add its comma. */
function addEntries(document: DesignText, { nodes, blocks, canvas }: Added): readonly TextEdit[] {
  const has = (name: "nodes" | "blocks" | "canvas") => sectionOf(document, name) !== undefined;
  const isFilled = (entries: object) => Object.keys(entries).length > 0;
  return [
    ...(has("nodes") ? addToSection(document, "nodes", nodes) : []),
    ...(has("blocks") ? addToSection(document, "blocks", blocks) : []),
    ...(has("canvas") ? placeNodes(document, canvas) : []),
    ...addSections(document, {
      ...(has("nodes") ? {} : { nodes }),
      ...(has("blocks") || !isFilled(blocks) ? {} : { blocks }),
      ...(has("canvas") || !isFilled(canvas) ? {} : { canvas: roundPositions(canvas) }),
    }),
  ];
}

function inputOf({ design }: DesignText): string | undefined {
  return [...design.nodes.values()].find(({ type }) => type === "input")?.id;
}

/** What each node will be called. */
function namesFor(document: DesignText, nodes: readonly NamedEntry[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { name, entry } of nodes) {
    const type = typeof entry["type"] === "string" ? entry["type"] : "node";
    const free = freeName(type, name, (each) => taken.has(each) || isNameTaken(document, each));
    taken.add(free);
    names.set(name, free);
  }
  return names;
}

function checkNoCircle(nodes: readonly NamedEntry[]): void {
  const wired = nodes.map(
    ({ name, entry }) => [name, { id: name, from: sourcesIn(entry) }] as const,
  );
  const [cycle] = topologicalOrder(new Map(wired)).cycles;
  if (cycle === undefined) return;
  throw new Refusal(
    t("The copied nodes feed each other in a circle: {0}.", [...cycle, cycle[0]].join(" → ")),
  );
}

function sourcesIn({ from }: JsonObject): readonly string[] {
  const sources: readonly (JsonValue | undefined)[] = Array.isArray(from) ? from : [from];
  return sources.filter((source) => typeof source === "string");
}

/** The entry with its wires on the nodes of this design; a wire from nowhere is left open. */
function rewired(entry: JsonObject, sourceOf: (source: string) => string | undefined): JsonObject {
  const sources = sourcesIn(entry).flatMap((source) => sourceOf(source) ?? []);
  const [only] = sources;
  const from = Array.isArray(entry["from"]) ? sources : only;
  return Object.fromEntries(
    Object.entries(entry).flatMap(([key, value]) => {
      if (key !== "from") return [[key, value] as const];
      return from === undefined || from.length === 0 ? [] : [[key, from] as const];
    }),
  );
}

function isKnown({ design }: DesignText, type: string, added: readonly NamedEntry[]): boolean {
  const isPublic =
    blockDefinition(type) !== undefined && blockDefinition(type)?.isInternal !== true;
  return (
    layerDefinition(type) !== undefined ||
    isPublic ||
    design.blocks.has(type) ||
    added.some(({ name }) => name === type)
  );
}

function unknownType({ design }: DesignText, type: string): string {
  const names = [...Object.keys(layers), ...Object.keys(builtInBlocks), ...design.blocks.keys()];
  return `${t("There is no layer or block {0} here, and the copied text does not define it.", JSON.stringify(type))}${didYouMean(nearestName(type, names))}`;
}
