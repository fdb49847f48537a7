import { analyzeText, type AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import { blockTree } from "../canvas/blockTree.ts";
import { t } from "../text/t.ts";
import type { AppState, Notice } from "./appState.ts";
import { partDrafts, renameInDrafts, type Draft } from "./drafts.ts";
import { renamedNode } from "./renamedNode.ts";
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
  blockTree(network).groupOf.has(id) || network.byId.has(id) || blockTree(network).groups.has(id);

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

/** Says what was typed for a node that is gone, so that it can be typed elsewhere. */
function lostNotice({ nodes, field, text }: Draft): Notice {
  return {
    severity: "information",
    text: t(
      "{0} is not there any more as it was; “{1}”, typed for {2}, was not written.",
      nodes.join(", "),
      text,
      field,
    ),
    actions: [{ title: t("Copy"), run: () => void navigator.clipboard.writeText(text) }],
  };
}

/** The same state under the new name of a node that was renamed in the text. */
function followName(state: AppState, from: string, to: string): AppState {
  const renamed = (id: string): string =>
    id === from || id.startsWith(`${from}/`) ? to + id.slice(from.length) : id;
  const { view, drafts, renaming } = state;
  return {
    ...state,
    drafts: renameInDrafts(drafts, renamed),
    view: {
      ...view,
      selection: view.selection.map((id) => renamed(id)),
      openBlocks: view.openBlocks.map((id) => renamed(id)),
      inside: view.inside === undefined ? undefined : renamed(view.inside),
    },
    ...(renaming === undefined ? {} : { renaming: renamed(renaming) }),
  };
}

/**
 * Shows a text: its numbers at once, its drawing too where it can be read, and no selection of what is gone.
 * What is selected or being typed follows a node to another name; what was typed for a node that is gone is told.
 */
export function showText(state: AppState, text: string): AppState {
  if (state.isConnected && state.shown.parsed.text === text) {
    return state;
  }
  const shown = analyzeRemembering(text);
  const drawn =
    shown.parsed.isJson || state.drawn.parsed.design.nodes.size === 0 ? shown : state.drawn;
  const { design } = drawn.parsed;
  const { nodes } = design;
  const before = state.drawn.parsed.design;
  const name = renamedNode(before, design);
  // A preview is of the text before.
  const {
    renaming,
    preview: _,
    ...rest
  } = name === undefined ? state : followName(state, name.from, name.to);
  const { kept, lost } = partDrafts(rest.drafts, before, design);
  const [first] = lost;
  const notice = first === undefined ? undefined : lostNotice(first);
  return {
    ...rest,
    shown,
    drawn,
    drafts: kept,
    ...(notice === undefined ? {} : { notice, spoken: notice.text }),
    view: keepView(rest.view, drawn),
    ...(renaming !== undefined && nodes.has(renaming) ? { renaming } : {}),
  };
}
