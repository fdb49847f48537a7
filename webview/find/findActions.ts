import { showPart } from "../canvas/blockActions.ts";
import { focusCanvas } from "../canvas/focusCard.ts";
import type { FindState } from "../state/appState.ts";
import type { Application } from "../state/application.ts";

function setFind(application: Application, change: Partial<FindState>): void {
  application.store.update((state) => ({ ...state, find: { ...state.find, ...change } }));
}

/** Opens the find box with what was looked for last; the box takes the keyboard. */
export function openFind(application: Application): void {
  setFind(application, { isOpen: true, opened: application.store.get().find.opened + 1 });
}

/** Closes the find box and gives the keyboard back to the canvas. */
export function closeFind(application: Application): void {
  setFind(application, { isOpen: false, matches: [], message: "" });
  focusCanvas(application.store.get().view.selection[0]);
}

/** Keeps what is looked for. */
export function lookFor(application: Application, query: string): void {
  setFind(application, { query });
}

/** Keeps what was found, or in words why nothing could be looked for. */
export function keepMatches(
  application: Application,
  matches: readonly string[],
  message = "",
): void {
  setFind(application, { matches, message });
}

/** Which of the matches is selected, counted from 1; 0 where none is. */
export function currentMatch(matches: readonly string[], selection: readonly string[]): number {
  return matches.indexOf(selection.at(-1) ?? "") + 1;
}

/** Goes to the next match or to the one before, round and round, and opens what is closed around it. */
export function stepFind(application: Application, step: 1 | -1): boolean {
  const { find, view } = application.store.get();
  const { matches } = find;
  if (!find.isOpen || matches.length === 0) {
    return false;
  }
  const current = currentMatch(matches, view.selection) - 1;
  const before = current === -1 && step === -1 ? 0 : current;
  const match = matches[(before + step + matches.length) % matches.length];
  if (match !== undefined) {
    showPart(application, match, "show");
  }
  return true;
}
