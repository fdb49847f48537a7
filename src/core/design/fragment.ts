import type { JsonObject, NamedEntry, Position } from "./command.ts";
import type { Design } from "./design.ts";
import { type JsonEntry, type JsonTree, toValue, valueOf } from "./jsonTree.ts";
import { CURRENT_VERSION } from "./migrate.ts";
import type { ParsedDesign } from "./parse.ts";
import { type ReadJson, readJson } from "./readJson.ts";
import { readPosition } from "./readPosition.ts";
import { type TextStyle, printEntry } from "./edits/textStyle.ts";
import { formatNumber } from "./words.ts";
import { t } from "../text/t.ts";

/** Nodes on their way from one design to another, with the blocks that they use. */
export interface Fragment {
  /** Their `from` may name nodes that are not among them. */
  readonly nodes: readonly NamedEntry[];
  readonly blocks: readonly NamedEntry[];
  /** Where they stood, where that is known. */
  readonly positions: Readonly<Record<string, Position>>;
}

/** What a text holds, or why no nodes can be made of it. */
export type ReadFragment =
  | { readonly type: "fragment"; readonly fragment: Fragment }
  | { readonly type: "refused"; readonly message: string };

/** Longest text that is read as nodes, in UTF-16 units. */
export const LONGEST_FRAGMENT = 1_000_000;

/** Most nodes that are pasted at once. */
const MOST_PASTED = 2000;

const plainStyle: TextStyle = { eol: "\n", unit: "  ", isCompact: false };

const advice = (): string =>
  t(
    'Copy nodes on a canvas, or entries such as "c1": { "type": "conv2d" } from the text of a design.',
  );

/** Nodes of a design in the order of the file, with the blocks of the file that they use. */
export function fragmentOf(parsed: ParsedDesign, ids: Iterable<string>): Fragment {
  const { design } = parsed;
  const wanted = new Set(ids);
  const nodes = [...design.nodes.keys()]
    .filter((id) => wanted.has(id))
    .flatMap((name) => entryAt(parsed, "nodes", name));
  const blocks = usedBlocks(
    design,
    nodes.map(({ name }) => design.nodes.get(name)?.type ?? ""),
  ).flatMap((name) => entryAt(parsed, "blocks", name));
  return { nodes, blocks, positions: {} };
}

function entryAt(
  { text, rangeOf }: ParsedDesign,
  section: "nodes" | "blocks",
  name: string,
): readonly NamedEntry[] {
  const range = rangeOf([section, name]);
  const { root } = readJson(text.slice(range?.offset, (range?.offset ?? 0) + (range?.length ?? 0)));
  const entry = root && objectOf(root);
  return entry === undefined ? [] : [{ name, entry }];
}

/** Names of the file's blocks among these types and inside of them. */
function usedBlocks({ blocks }: Design, types: readonly string[]): readonly string[] {
  const used = new Set(types.filter((type) => blocks.has(type)));
  for (const name of used) {
    for (const { type } of blocks.get(name)?.nodes.values() ?? []) {
      if (blocks.has(type)) used.add(type);
    }
  }
  return [...used];
}

/** Nodes as the lines that fit into `nodes` of any design. */
export function printFragment({ nodes }: Fragment): string {
  return nodes.map(({ name, entry }) => `${printEntry(name, entry, plainStyle)},\n`).join("");
}

/** Reads nodes out of a text of unknown origin: entries, one node, `nodes`, or a whole design. */
export function readFragment(text: string): ReadFragment {
  if (text.length > LONGEST_FRAGMENT) {
    return refused(
      t(
        "The clipboard holds {0} characters, more than can be nodes. {1}",
        formatNumber(text.length),
        advice(),
      ),
    );
  }
  const body = text.trim().replace(/^,/, "");
  if (body === "") return refused(t("The clipboard holds no text. {0}", advice()));
  const whole = readJson(body);
  const read = isWhole(whole) ? whole : readJson(`{${body}\n}`);
  if (!isWhole(read)) return refused(t("The clipboard holds no nodes. {0}", advice()));
  return fragmentIn(read.root);
}

function isWhole({ root, errors }: ReadJson): boolean {
  return errors.length === 0 && root?.kind === "object";
}

function fragmentIn(root: JsonTree | undefined): ReadFragment {
  const version = valueOf(root, "version");
  const number = version && toValue(version);
  if (typeof number === "number" && number > CURRENT_VERSION) {
    return refused(
      t("The copied design has version {0}: update CNN Architect to paste it.", number),
    );
  }
  const section = valueOf(root, "nodes");
  const isDesign = section?.kind === "object" && typeOf(section) === undefined;
  const nodes = isDesign ? entriesOf(section) : nodesIn(root);
  const [first] = nodes;
  if (first === undefined || nodes.some(({ entry }) => typeof entry["type"] !== "string")) {
    return refused(t("The clipboard holds no nodes. {0}", advice()));
  }
  if (nodes.length > MOST_PASTED) {
    return refused(
      t(
        "The clipboard holds {0} nodes; {1} can be pasted at once.",
        formatNumber(nodes.length),
        formatNumber(MOST_PASTED),
      ),
    );
  }
  return {
    type: "fragment",
    fragment: {
      nodes,
      blocks: isDesign ? entriesOf(valueOf(root, "blocks")) : [],
      positions: isDesign ? positionsIn(valueOf(root, "canvas")) : {},
    },
  };
}

/** Nodes by their names, or one whose name was not copied. */
function nodesIn(tree: JsonTree | undefined): readonly NamedEntry[] {
  return typeOf(tree) === undefined ? entriesOf(tree) : oneNode(tree);
}

function refused(message: string): ReadFragment {
  return { type: "refused", message };
}

function typeOf(tree: JsonTree | undefined): string | undefined {
  const type = valueOf(tree, "type");
  return type?.kind === "scalar" && typeof type.value === "string" ? type.value : undefined;
}

/** A node whose name was not copied; it gets one. */
function oneNode(tree: JsonTree | undefined): readonly NamedEntry[] {
  const entry = tree && objectOf(tree);
  return entry === undefined ? [] : [{ name: "", entry }];
}

/** The entries of an object; one whose value is no object counts as an entry without anything in it. */
function entriesOf(tree: JsonTree | undefined): readonly NamedEntry[] {
  const last = new Map<string, JsonEntry>();
  for (const entry of tree?.kind === "object" ? tree.entries : []) last.set(entry.key, entry);
  return [...last].map(([name, { value }]) => ({ name, entry: (value && objectOf(value)) ?? {} }));
}

function objectOf(tree: JsonTree): JsonObject | undefined {
  const value = toValue(tree);
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

function positionsIn(tree: JsonTree | undefined): Readonly<Record<string, Position>> {
  const entries = tree?.kind === "object" ? tree.entries : [];
  return Object.fromEntries(
    entries.flatMap(({ key, value }) => {
      const position = value && readPosition(value);
      return position === undefined ? [] : [[key, position] as const];
    }),
  );
}
