import { analyzeText, type AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import { blockTree } from "../canvas/blockTree.ts";
import type { AppState } from "./appState.ts";
import type { ViewState } from "./viewState.ts";

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

const isDrawn = ({ network }: AnalyzedDesign, id: string): boolean =>
  network.byId.has(id) || blockTree(network).groups.has(id);

/** The view without what the text no longer has; a block whose inside is only broken for now stays open. */
function keepView(view: ViewState, drawn: AnalyzedDesign): ViewState {
  const { nodes } = drawn.parsed.design;
  const isKnown = (path: string): boolean => nodes.has(path.split("/")[0] ?? path);
  const selection = keepKnown(view.selection, (id) => nodes.has(id) || isDrawn(drawn, id));
  const openBlocks = keepKnown(view.openBlocks, isKnown);
  const inside = view.inside !== undefined && isKnown(view.inside) ? view.inside : undefined;
  const isSame =
    selection === view.selection && openBlocks === view.openBlocks && inside === view.inside;
  return isSame ? view : { ...view, selection, openBlocks, inside };
}

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
  return {
    ...rest,
    shown,
    drawn,
    view: keepView(state.view, drawn),
    ...(renaming !== undefined && nodes.has(renaming) ? { renaming } : {}),
  };
}
