import type { Node, NodeProps } from "@xyflow/react";
import { memo } from "react";
import { differenceSigns } from "../../src/core/compare/differenceWords.ts";
import { Glyph } from "../catalog/Glyph.tsx";
import { t } from "../text/t.ts";
import { differenceTitles } from "./differenceTitles.ts";
import type { ComparedFrame } from "./mergeScenes.ts";

export type ComparedFrameNode = Node<
  { readonly compared: ComparedFrame; readonly onToggle: (id: string) => void },
  "comparedFrame"
>;

function ComparedFrameView({ data: { compared, onToggle } }: NodeProps<ComparedFrameNode>) {
  const { frame, kind } = compared;
  return (
    <div
      className={`frame compared-frame is-${kind ?? "same"}`}
      data-testid={`compared-frame-${frame.id}`}
    >
      <div className="frame-title">
        <Glyph category="block" />
        <b>{frame.title}</b>
        {frame.repeat > 1 && <span className="frame-repeat">×{frame.repeat}</span>}
        <span className="card-type">{t(frame.typeTitle)}</span>
        {frame.frozen !== "" && <span className="card-type frame-frozen">{frame.frozen}</span>}
        <span className="spacer" />
        {kind !== undefined && (
          <span>
            {differenceSigns[kind]} {t(differenceTitles[kind])}
          </span>
        )}
        <button
          type="button"
          className="card-open"
          title={t("Close Block")}
          aria-label={t("Close {0}", frame.title)}
          onClick={(event) => {
            event.stopPropagation();
            onToggle(frame.id);
          }}
        >
          <span className="codicon codicon-chevron-up" aria-hidden="true" />
        </button>
      </div>
    </div>
  );
}

/** A block of a comparison that is open, around what became of its parts. */
export const ComparedFrameMemo = memo(ComparedFrameView);
