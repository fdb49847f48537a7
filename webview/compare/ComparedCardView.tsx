import { Handle, type Node, type NodeProps } from "@xyflow/react";
import { memo } from "react";
import {
  deltaWords,
  differenceSigns,
  differenceWords,
  shapeWords,
} from "../../src/core/compare/differenceWords.ts";
import { sidesOf } from "../canvas/flowElements.ts";
import type { Flow } from "../canvas/layOut.ts";
import { Glyph } from "../catalog/Glyph.tsx";
import { t } from "../text/t.ts";
import { differenceTitles } from "./differenceTitles.ts";
import type { ComparedCard } from "./mergeScenes.ts";

export type ComparedNode = Node<
  {
    readonly compared: ComparedCard;
    readonly flow: Flow;
    readonly isCurrent: boolean;
    readonly onToggle: (id: string) => void;
  },
  "compared"
>;

function ComparedCardView({ data }: NodeProps<ComparedNode>) {
  const { compared, flow, isCurrent, onToggle } = data;
  const { card, difference } = compared;
  const sides = sidesOf(flow);
  const kind = difference?.kind;
  const words = difference?.kind === "changed" ? differenceWords(difference) : card.options;
  const delta = difference === undefined ? "" : deltaWords(difference.parameters);
  return (
    <div
      className={`card compared is-${kind ?? "same"}${isCurrent ? " is-selected" : ""}`}
      data-testid={`compared-${card.id}`}
      data-kind={kind ?? "same"}
    >
      <Handle type="target" position={sides.in} isConnectable={false} />
      {kind !== undefined && (
        <span className="compared-kind">
          {differenceSigns[kind]} {t(differenceTitles[kind])}
        </span>
      )}
      <div className="card-title">
        <Glyph category={card.category} />
        <b className="card-name">{card.title}</b>
        <span className="card-type">{t(card.typeTitle)}</span>
        {card.canOpen && (
          <button
            type="button"
            className="card-open"
            title={t("Open Block")}
            aria-label={t("Open {0}", card.title)}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(card.id);
            }}
          >
            <span className="codicon codicon-chevron-down" aria-hidden="true" />
          </button>
        )}
      </div>
      <div className="card-options" title={words}>
        {words}
      </div>
      <div className="card-measure">
        <span className="card-shape">
          {difference === undefined ? card.shape : shapeWords(difference)}
        </span>
        <span className="card-figure" title={t("Difference in parameters")}>
          {delta}
        </span>
      </div>
      <Handle type="source" position={sides.out} isConnectable={false} />
    </div>
  );
}

/** A node in a comparison: a sign and a word say what became of it. */
export const ComparedCardMemo = memo(ComparedCardView);
