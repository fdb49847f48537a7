import type { Position } from "./command.ts";
import { type JsonTree, toValue } from "./jsonTree.ts";
import { LARGEST_POSITION } from "./recipeOptions.ts";

/** A place on the canvas as it is written, or nothing where it is none. */
export function readPosition(tree: JsonTree): Position | undefined {
  if (tree.kind !== "array" || tree.items.length !== 2) return undefined;
  const [x, y] = tree.items.map(toValue);
  return isCoordinate(x) && isCoordinate(y) ? [x, y] : undefined;
}

function isCoordinate(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= LARGEST_POSITION;
}
