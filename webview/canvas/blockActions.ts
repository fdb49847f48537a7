import type { Application } from "../state/application.ts";
import { t } from "../text/t.ts";
import { blockTree, nearestGroup, pathOf, type Group } from "./blockTree.ts";
import { focusCanvas, focusCard } from "./focusCard.ts";

const treeOf = (application: Application) => blockTree(application.store.get().drawn.network);

const isWithin = (path: string, around: string): boolean => path.startsWith(`${around}/`);

/** The block that fills the canvas: the nearest that is left of the one that was gone into. */
export function blockInside(application: Application): Group | undefined {
  return nearestGroup(treeOf(application), application.store.get().view.inside);
}

/** Opens a block in its place. */
export function openBlock(application: Application, path: string): void {
  const { openBlocks } = application.store.get().view;
  application.setView({ openBlocks: [...new Set([...openBlocks, path])] });
}

/** Closes a block in its place; what was selected in it becomes the block. */
export function closeBlock(application: Application, path: string): void {
  const { openBlocks, selection } = application.store.get().view;
  const left = selection.map((id) => (isWithin(id, path) ? path : id));
  application.setView({
    openBlocks: openBlocks.filter((id) => id !== path),
    selection: [...new Set(left)],
  });
}

/** Shows only the inside of a block, over the whole canvas. */
export function enterBlock(application: Application, path: string): void {
  application.setView({ inside: path, selection: [] });
  application.say(t("Inside {0}.", path));
  focusCanvas(undefined);
}

/** Goes out of the block that fills the canvas, to the block at the path `to`, or to the network. */
export function leaveTo(application: Application, to: string | undefined): void {
  const left = blockInside(application);
  if (left === undefined || left.id === to) {
    return;
  }
  const path = [...pathOf(treeOf(application), left.id), left.id];
  const from = path[to === undefined ? 0 : path.indexOf(to) + 1] ?? left.id;
  application.setView({ inside: to, selection: [from] });
  application.say(to === undefined ? t("The whole network.") : t("Inside {0}.", to));
  focusCard(from);
}

/** Goes up one level; false where the whole network is shown already. */
export function leaveBlock(application: Application): boolean {
  const inside = blockInside(application);
  if (inside === undefined) {
    return false;
  }
  leaveTo(application, inside.parent);
  return true;
}

/** Blocks of what fills the canvas, at every depth. */
function blocksInScope(application: Application): readonly string[] {
  const inside = blockInside(application);
  return [...treeOf(application).groups.keys()].filter(
    (path) => inside === undefined || isWithin(path, inside.id),
  );
}

/** Opens every block of what fills the canvas, down to the layers. */
export function openAllBlocks(application: Application): void {
  const { openBlocks } = application.store.get().view;
  application.setView({ openBlocks: [...new Set([...openBlocks, ...blocksInScope(application)])] });
  application.canvasActions.emit("fit");
}

/** Closes every block of what fills the canvas. */
export function closeAllBlocks(application: Application): void {
  const scope = blocksInScope(application);
  const { openBlocks, selection } = application.store.get().view;
  const inScope = new Set(scope);
  const outermost = (id: string): string => scope.find((path) => isWithin(id, path)) ?? id;
  application.setView({
    openBlocks: openBlocks.filter((path) => !inScope.has(path)),
    selection: [...new Set(selection.map(outermost))],
  });
  application.canvasActions.emit("fit");
}

/**
 * Brings a node, or a part at any depth of a block, into sight: opens what is closed around it and selects it.
 * `reveal` gives it the keyboard too.
 */
export function showPart(
  application: Application,
  id: string,
  order: "reveal" | "show" = "reveal",
): void {
  application.select([id]);
  const { openBlocks, inside } = application.store.get().view;
  const closed = pathOf(treeOf(application), id).filter(
    (path) => inside === undefined || isWithin(path, inside),
  );
  application.setView({ openBlocks: [...new Set([...openBlocks, ...closed])] });
  application.canvasActions.emit(order);
}
