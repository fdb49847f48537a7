import { analyzeText, type AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import type { AppState } from "./appState.ts";

const KEPT = 4;
const recent = new Map<string, AnalyzedDesign>();

/** `analyzeText` with the last few texts remembered: undo and typing come back to them. */
export function analyzeRemembering(text: string): AnalyzedDesign {
  const known = recent.get(text);
  const analyzed = known ?? analyzeText(text);
  recent.delete(text);
  recent.set(text, analyzed);
  const [oldest] = recent.keys();
  if (recent.size > KEPT && oldest !== undefined) {
    recent.delete(oldest);
  }
  return analyzed;
}

const keepKnown = (ids: readonly string[], isKnown: (id: string) => boolean): readonly string[] =>
  ids.every(isKnown) ? ids : ids.filter(isKnown);

/** Shows a text: its numbers at once, its drawing too where it can be read, and no selection of what is gone. */
export function showText(state: AppState, text: string): AppState {
  if (state.isConnected && state.shown.parsed.text === text) {
    return state;
  }
  const shown = analyzeRemembering(text);
  const drawn =
    shown.parsed.isJson || state.drawn.parsed.design.nodes.size === 0 ? shown : state.drawn;
  const { nodes } = drawn.parsed.design;
  const { renaming, ...rest } = state;
  const { view } = state;
  const selection = keepKnown(view.selection, (id) => nodes.has(id) || drawn.network.byId.has(id));
  const openBlocks = keepKnown(view.openBlocks, (id) => nodes.has(id));
  const isSameView = selection === view.selection && openBlocks === view.openBlocks;
  return {
    ...rest,
    shown,
    drawn,
    view: isSameView ? view : { ...view, selection, openBlocks },
    ...(renaming !== undefined && nodes.has(renaming) ? { renaming } : {}),
  };
}
