import type { CatalogEntry } from "../catalog/catalog.ts";
import { focusCard } from "../canvas/focusCard.ts";
import { insertion } from "../canvas/insertion.ts";
import type { QuickInsert } from "../state/appState.ts";
import type { ViewState } from "../state/viewState.ts";
import type { Application } from "../state/application.ts";
import { t } from "../text/t.ts";

/** Nodes that the new one comes after; inside a block, that is the block. */
const insertsAfter = ({ selection, inside }: ViewState): readonly string[] =>
  (selection.length > 0 || inside === undefined ? selection : [inside]).map(
    (path) => path.split("/")[0] ?? path,
  );

/** Adds a node of this type, after the selection where the gesture names no place, and selects it. */
export function insertEntry(
  application: Application,
  entry: CatalogEntry,
  { position, from, onto }: QuickInsert,
): void {
  const { view, drawn } = application.store.get();
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
