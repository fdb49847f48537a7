import { useMemo } from "react";
import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import { useAppState } from "../state/context.ts";
import { selectedNodes } from "./selectedNodes.ts";

/** What VS Code's menu of the canvas goes by, as package.json names it in its `when` clauses. */
export function useMenuContext(drawn: AnalyzedDesign): string {
  const selection = useAppState((state) => state.view.selection);
  const isEditable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  return useMemo(() => {
    const count = selectedNodes({ view: { selection }, drawn }).length;
    const selected = new Set(selection.map((id) => id.split("/")[0] ?? id));
    return JSON.stringify({
      webviewSection: "canvas",
      preventDefaultContextMenuItems: true,
      "cnnArchitect.isEditable": isEditable,
      "cnnArchitect.hasSelection": count > 0,
      "cnnArchitect.hasOne": count === 1,
      "cnnArchitect.hasSeveral": count > 1,
      "cnnArchitect.hasBlock": drawn.network.blocks.some(({ node }) => selected.has(node)),
    });
  }, [selection, drawn, isEditable]);
}
