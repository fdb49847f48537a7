import type { CatalogEntry } from "../catalog/catalog.ts";
import {
  type Definition,
  definitionAt,
  definitionPart,
  inDefinition,
} from "../canvas/definition.ts";
import { focusCard } from "../canvas/focusCard.ts";
import { insertion } from "../canvas/insertion.ts";
import type { AppState, QuickInsert } from "../state/appState.ts";
import type { ViewState } from "../state/viewState.ts";
import type { Application } from "../state/application.ts";
import { t } from "../text/t.ts";

/** Nodes that the new one comes after; inside a block, that is the block. */
const insertsAfter = ({ selection, inside }: ViewState): readonly string[] =>
  (selection.length > 0 || inside === undefined ? selection : [inside]).map(
    (path) => path.split("/")[0] ?? path,
  );

/** The definition that a new node goes into, and the nodes of it that it comes after. */
function placeInside({
  view,
  drawn,
}: AppState): (Definition & { readonly after: readonly string[] }) | undefined {
  const [selected] = view.selection;
  const part = selected === undefined ? undefined : definitionPart(drawn, selected);
  if (part !== undefined) return { ...part, after: [part.node] };
  const inside = view.inside === undefined ? undefined : definitionAt(drawn, view.inside);
  const output = inside && drawn.parsed.design.blocks.get(inside.block)?.output;
  return inside && output !== undefined ? { ...inside, after: [output] } : undefined;
}

/** Adds a node to the definition of the block that the selection or the canvas is inside of; false where it is of none. */
function insertInside(application: Application, entry: CatalogEntry): boolean {
  const place = placeInside(application.store.get());
  if (place === undefined) return false;
  const { block, around, design, after } = place;
  const command = insertion(entry, design, { selection: after });
  const outcome = application.edit(inDefinition(block, command));
  if (outcome.type === "done" && outcome.created !== undefined) {
    application.remember(entry.type);
    const created = `${around}/${outcome.created}`;
    application.select([created]);
    application.canvasActions.emit("reveal");
    focusCard(created);
  }
  return true;
}

/** Adds a node of this type, after the selection where the gesture names no place, and selects it. */
export function insertEntry(
  application: Application,
  entry: CatalogEntry,
  { position, from, onto }: QuickInsert,
): void {
  const { view, drawn } = application.store.get();
  if (from === undefined && onto === undefined && insertInside(application, entry)) {
    return;
  }
  const command = insertion(entry, drawn.parsed.design, {
    selection: insertsAfter(view),
    ...(position === undefined ? {} : { position }),
    ...(from === undefined ? {} : { from }),
    ...(onto === undefined ? {} : { onto }),
  });
  const outcome = application.edit(command);
  if (outcome.type === "done" && outcome.created !== undefined) {
    const { created } = outcome;
    application.remember(entry.type);
    application.select([created]);
    application.canvasActions.emit("reveal");
    focusCard(created);
    application.say(t("{0} added as {1}.", t(entry.title), created));
  }
}
