import type { JsonValue } from "../../layers/option.ts";
import type { InputPort, TextEdit } from "../command.ts";
import { type JsonObjectTree, valueOf } from "../jsonTree.ts";
import {
  type DesignText,
  nodeTree,
  Refusal,
  removeKeys,
  replaceTree,
  wiresOf,
} from "./designText.ts";
import { findRoute } from "./findRoute.ts";
import { insertParts, removeParts } from "./listEdits.ts";
import { inputsOf } from "./nodeInputs.ts";
import { printEntry, printInline } from "./textStyle.ts";
import { t } from "../../text/t.ts";

/** Refuses a name that no node has. */
export function checkNode({ design }: DesignText, id: string): void {
  if (!design.nodes.has(id)) throw new Refusal(t("There is no node {0}.", JSON.stringify(id)));
}

/** Refuses a wire that would make the network run in a circle. */
export function checkNoCycle({ design }: DesignText, from: string, to: string): void {
  const route = findRoute(design, to, from);
  if (route === undefined) return;
  throw new Refusal(
    from === to
      ? t("{0} cannot read its own output.", to)
      : t("A wire from {0} to {1} would make a cycle: {2}.", from, to, routeWords([...route, to])),
  );
}

/** `a → b → c`, without the middle where it is long. */
function routeWords(route: readonly string[]): string {
  const shown =
    route.length <= 8
      ? route
      : [...route.slice(0, 4), t("{0} more", route.length - 7), ...route.slice(-3)];
  return shown.join(" → ");
}

/** Draws a wire: replaces that of a node with one input, appends to a join or replaces at the index. */
export function connect(document: DesignText, from: string, to: InputPort): readonly TextEdit[] {
  checkNode(document, from);
  checkNode(document, to.node);
  checkNoCycle(document, from, to.node);
  const maximum = maximumOf(document, to.node);
  if (maximum === 0) {
    throw new Refusal(t("{0} is an input of the network and takes no wire.", to.node));
  }
  const sources = wiresOf(nodeTree(document, to.node)).map(({ source }) => source);
  const twin = sources.indexOf(from);
  if (twin !== -1 && maximum > 1 && twin !== to.index) {
    throw new Refusal(t("{0} feeds {1} already.", from, to.node));
  }
  if (to.index >= maximum) {
    throw new Refusal(
      maximum === 1
        ? t("{0} takes 1 wire at most.", to.node)
        : t("{0} takes {1} wires at most.", to.node, maximum),
    );
  }
  return setWire(document, from, to);
}

function maximumOf({ design }: DesignText, id: string): number {
  const type = design.nodes.get(id)?.type ?? "";
  // A type that nobody knows takes what is written.
  return inputsOf(type, design)?.maximum ?? Infinity;
}

/** Writes a wire into the file without asking whether it makes sense. */
export function setWire(
  document: DesignText,
  from: string,
  { node, index }: InputPort,
): readonly TextEdit[] {
  const { text, style } = document;
  const object = nodeTree(document, node);
  const tree = valueOf(object, "from");
  const maximum = maximumOf(document, node);
  const wires = wiresOf(object);
  const wire = wires[index];
  if (tree === undefined) return addFrom(document, object, maximum === 1 ? from : [from]);
  if (maximum === 1 && wires.length !== 1) return [replaceTree(tree, JSON.stringify(from))];
  if (wire !== undefined) {
    return wire.source === from ? [] : [replaceTree(wire.tree, JSON.stringify(from))];
  }
  if (tree.kind === "array") {
    return insertParts(text, tree, [JSON.stringify(from)], {
      index: tree.items.length,
      style,
      inLines: false,
    });
  }
  const sources = [...wires.map(({ source }) => source), from];
  return [replaceTree(tree, printInline(sources, style))];
}

/** `from` stands behind `type`, as in every example. */
function addFrom(
  { text, style }: DesignText,
  object: JsonObjectTree,
  value: JsonValue,
): readonly TextEdit[] {
  return insertParts(text, object, [printEntry("from", value, style)], {
    index: object.entries.findIndex(({ key }) => key === "type") + 1,
    style,
    inLines: false,
  });
}

/** Takes a wire away. */
export function disconnect(
  document: DesignText,
  from: string,
  { node, index }: InputPort,
): readonly TextEdit[] {
  const wires = wiresOf(nodeTree(document, node));
  // The index may be that of a moment ago; the name says which wire is meant.
  const at =
    wires[index]?.source === from ? index : wires.findIndex((wire) => wire.source === from);
  if (at === -1) throw new Refusal(t("No wire leads from {0} to {1}.", from, node));
  return rewire(document, node, (source, position) => (position === at ? undefined : source));
}

/** Gives every wire of a node a new source, or none; wires that keep their source are not touched. */
export function rewire(
  document: DesignText,
  node: string,
  sourceFor: (source: string, index: number) => string | undefined,
): readonly TextEdit[] {
  const object = nodeTree(document, node);
  const from = valueOf(object, "from");
  const wires = wiresOf(object).map((wire, index) => ({
    ...wire,
    next: sourceFor(wire.source, index),
  }));
  const dropped = new Set(wires.filter(({ next }) => next === undefined).map(({ tree }) => tree));
  if (from !== undefined && dropped.size === (from.kind === "array" ? from.items.length : 1)) {
    return removeKeys(document, object, new Set(["from"]));
  }
  const renamed = wires.flatMap(({ source, tree, next }) =>
    next === undefined || next === source ? [] : [replaceTree(tree, JSON.stringify(next))],
  );
  if (from?.kind !== "array" || dropped.size === 0) return renamed;
  const { items } = from;
  const isDropped = (index: number) => {
    const item = items[index];
    return item !== undefined && dropped.has(item);
  };
  return [...renamed, ...removeParts(document.text, from, isDropped)];
}
