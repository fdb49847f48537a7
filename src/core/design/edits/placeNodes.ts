import type { Position, TextEdit } from "../command.ts";
import { valueOf } from "../jsonTree.ts";
import { LARGEST_POSITION } from "../recipeOptions.ts";
import {
  addToSection,
  type DesignText,
  Refusal,
  removeKeys,
  sectionOf,
  setKey,
} from "./designText.ts";
import { t } from "../../text/t.ts";

/** Writes where nodes stand on the canvas, in whole pixels. */
export function placeNodes(
  document: DesignText,
  positions: Readonly<Record<string, Position>>,
): readonly TextEdit[] {
  const canvas = sectionOf(document, "canvas");
  const rounded = Object.entries(roundPositions(positions));
  const isOld = (id: string) => valueOf(canvas, id) !== undefined;
  return [
    ...rounded.flatMap(([id, position]) =>
      canvas !== undefined && isOld(id) && !isAt(document, id, position)
        ? setKey(document, canvas, id, position)
        : [],
    ),
    ...addToSection(document, "canvas", Object.fromEntries(rounded.filter(([id]) => !isOld(id)))),
  ];
}

/** Whole pixels that a file may hold. */
export function roundPositions(
  positions: Readonly<Record<string, Position>>,
): Readonly<Record<string, Position>> {
  return Object.fromEntries(
    Object.entries(positions).map(
      ([id, [x, y]]) => [id, [roundCoordinate(x), roundCoordinate(y)]] as const,
    ),
  );
}

/** True where the file says so already, however it is written. */
function isAt({ design }: DesignText, id: string, [x, y]: Position): boolean {
  const position = design.canvas.get(id);
  return position !== undefined && position[0] === x && position[1] === y;
}

function roundCoordinate(value: number): number {
  if (!Number.isFinite(value)) throw new Refusal(t("A position must be two numbers of pixels."));
  return Math.round(Math.min(Math.max(value, -LARGEST_POSITION), LARGEST_POSITION)) + 0;
}

/** Moves nodes that there are. */
export function moveNodes(
  document: DesignText,
  positions: Readonly<Record<string, Position>>,
): readonly TextEdit[] {
  const missing = Object.keys(positions).find((id) => !document.design.nodes.has(id));
  if (missing !== undefined) throw new Refusal(t("There is no node {0}.", JSON.stringify(missing)));
  return placeNodes(document, positions);
}

/** Takes positions out of the file; the section goes with its last one. */
export function forgetPositions(
  document: DesignText,
  nodes: ReadonlySet<string>,
): readonly TextEdit[] {
  const { root } = document;
  const tree = valueOf(root, "canvas");
  if (tree?.kind !== "object" || !tree.entries.some(({ key }) => nodes.has(key))) return [];
  return tree.entries.every(({ key }) => nodes.has(key))
    ? removeKeys(document, root, new Set(["canvas"]))
    : removeKeys(document, tree, nodes);
}
