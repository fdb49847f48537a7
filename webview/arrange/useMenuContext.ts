import { useMemo } from "react";
import { useAppState } from "../state/context.ts";
import { selectedNodes } from "./selectedNodes.ts";

/** What VS Code's menu of the canvas goes by, as package.json names it in its `when` clauses. */
export function useMenuContext(): string {
  const view = useAppState((state) => state.view);
  const drawn = useAppState((state) => state.drawn);
  const isEditable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  const { selection } = view;
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
