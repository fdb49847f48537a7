import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { formatNumber } from "../../src/core/design/words.ts";
import { Glyph } from "../catalog/Glyph.tsx";
import { useApplication } from "../state/context.ts";
import { formatShare } from "../text/format.ts";
import { t } from "../text/t.ts";
import { closeBlock, enterBlock } from "./blockActions.ts";
import { CardProblem } from "./CardProblem.tsx";
import type { FrameNode } from "./flowElements.ts";
import type { BlockSaving } from "./saving.ts";

function SavingTitle({ saving }: { readonly saving: BlockSaving }) {
  const share = formatShare(saving.share, 1);
  const words = t(
    "{0} → {1} parameters, −{2}",
    formatNumber(saving.plain),
    formatNumber(saving.actual),
    share,
  );
  return (
    <span className="frame-saving" title={words}>
      <span className="frame-wide">{words}</span>
      <span className="frame-narrow">−{share}</span>
    </span>
  );
}

function FrameView({ data: { frame }, selected }: NodeProps<FrameNode>) {
  const application = useApplication();
  return (
    <div className={selected ? "frame is-selected" : "frame"} data-testid={`frame-${frame.id}`}>
      <div className="frame-title">
        <Glyph category="block" />
        <b>{frame.title}</b>
        {frame.repeat > 1 && <span className="frame-repeat">×{frame.repeat}</span>}
        <span className="card-type">{t(frame.typeTitle)}</span>
        {frame.frozen !== "" && <span className="card-type frame-frozen">{frame.frozen}</span>}
        <span className="spacer" />
        {frame.saving !== undefined && <SavingTitle saving={frame.saving} />}
        <button
          type="button"
          className="card-open nodrag"
          tabIndex={-1}
          title={t("Go Inside")}
          aria-label={t("Go Inside {0}", frame.title)}
          onClick={() => enterBlock(application, frame.id)}
        >
          <span className="codicon codicon-screen-full" aria-hidden="true" />
        </button>
        <button
          type="button"
          className="card-open nodrag"
          tabIndex={-1}
          title={t("Close Block")}
          aria-label={t("Close {0}", frame.title)}
          onClick={() => closeBlock(application, frame.id)}
        >
          <span className="codicon codicon-chevron-up" aria-hidden="true" />
        </button>
      </div>
      {frame.problem !== undefined && <CardProblem problem={frame.problem} place={frame.id} />}
    </div>
  );
}

/** An opened block: a dashed frame around its layers, with what it saves in its title. */
export const FrameViewMemo = memo(FrameView);
