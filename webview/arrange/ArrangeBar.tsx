import type { Alignment } from "../../src/protocol/webview.ts";
import { Toolbar } from "../accessibility/Toolbar.tsx";
import { IconButton } from "../app/IconButton.tsx";
import type { CanvasOrder } from "../state/application.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { AlignGlyph } from "./AlignGlyph.tsx";
import { selectedNodes } from "./selectedNodes.ts";
import type { AppState } from "../state/appState.ts";

const countSelected = (state: AppState): number =>
  state.isWritable && state.shown.parsed.isJson ? selectedNodes(state).length : 0;

/** From how many nodes on a way of lining up changes anything. */
const fewest = (alignment: Alignment): number => (alignment.startsWith("distribute") ? 3 : 2);

/** What can be done with several selected nodes, above the canvas. */
export function ArrangeBar() {
  const application = useApplication();
  const count = useAppState(countSelected);
  if (count < 2) {
    return null;
  }
  const order = (name: CanvasOrder) => (): void => application.canvasActions.emit(name);
  const alignments: readonly (readonly [Alignment, string])[] = [
    ["alignLeft", t("Align Left")],
    ["alignCenter", t("Align Centers Horizontally")],
    ["alignRight", t("Align Right")],
    ["alignTop", t("Align Top")],
    ["alignMiddle", t("Align Centers Vertically")],
    ["alignBottom", t("Align Bottom")],
    ["distributeHorizontally", t("Distribute Horizontally")],
    ["distributeVertically", t("Distribute Vertically")],
  ];
  return (
    <Toolbar label={t("Selected nodes")} className="arrange-bar">
      <span className="arrange-count">{t("{0} nodes", count)}</span>
      {alignments.map(([alignment, title], index) => (
        <button
          key={alignment}
          type="button"
          className={index % 3 === 0 ? "icon-button is-first" : "icon-button"}
          title={title}
          aria-label={title}
          disabled={count < fewest(alignment)}
          tabIndex={index === 0 ? 0 : -1}
          onClick={order(alignment)}
        >
          <AlignGlyph alignment={alignment} />
        </button>
      ))}
      <span className="arrange-gap" />
      <IconButton icon="copy" title={t("Duplicate")} tabIndex={-1} onClick={order("duplicate")} />
      <IconButton
        icon="layers"
        title={t("Create Block From Selection")}
        tabIndex={-1}
        onClick={order("createBlock")}
      />
      <IconButton
        icon="trash"
        title={t("Delete")}
        tabIndex={-1}
        onClick={() => application.removeSelection()}
      />
    </Toolbar>
  );
}
