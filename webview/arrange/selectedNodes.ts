import type { AppState } from "../state/appState.ts";

/** Ids of the selected nodes of the design in the order of the file; layers inside of blocks are not among them. */
export function selectedNodes({
  view,
  drawn,
}: {
  readonly view: Pick<AppState["view"], "selection">;
  readonly drawn: AppState["drawn"];
}): readonly string[] {
  const { nodes } = drawn.parsed.design;
  const selected = new Set(view.selection.filter((id) => nodes.has(id)));
  return selected.size < 2 ? [...selected] : [...nodes.keys()].filter((id) => selected.has(id));
}
