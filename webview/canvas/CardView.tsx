import { Handle, type NodeProps } from "@xyflow/react";
import { memo } from "react";
import { Glyph } from "../catalog/Glyph.tsx";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { openBlock } from "./blockActions.ts";
import { CardProblem } from "./CardProblem.tsx";
import { sidesOf, type CardNode } from "./flowElements.ts";
import { NameField } from "./NameField.tsx";
import type { Card } from "./scene.ts";

function CardName({ card }: { readonly card: Card }) {
  const isRenaming = useAppState((state) => !card.isInner && state.renaming === card.id);
  return isRenaming ? <NameField node={card.id} /> : <b className="card-name">{card.title}</b>;
}

function OpenButton({ card }: { readonly card: Card }) {
  const application = useApplication();
  return (
    <button
      type="button"
      className="card-open nodrag"
      tabIndex={-1}
      title={t("Open Block Here (double-click the card to go inside)")}
      aria-label={t("Open {0}", card.title)}
      onClick={() => openBlock(application, card.id)}
    >
      <span className="codicon codicon-chevron-down" aria-hidden="true" />
    </button>
  );
}

function MisalignedMark() {
  const words = t("The branches joined here look at different places of the image.");
  return (
    <span className="card-misaligned" role="img" aria-label={words} title={words}>
      {" "}
      ≠
    </span>
  );
}

function classesOf(card: Card, isSelected: boolean): string {
  return [
    "card",
    `card-${card.category ?? "unknown"}`,
    isSelected ? "is-selected" : "",
    card.repeat > 1 ? "is-stack" : "",
    card.isInner ? "is-inner" : "",
    card.outside === undefined ? "" : "is-outside",
    card.problem === undefined ? "" : `has-${card.problem.severity}`,
  ]
    .filter((name) => name !== "")
    .join(" ");
}

function CardView({ data, selected }: NodeProps<CardNode>) {
  const { card, flow } = data;
  const sides = sidesOf(flow);
  const coming = useAppState((state) => state.preview?.shapes.get(card.id));
  const isRefused = useAppState((state) => state.wiring?.refused.has(card.id) ?? false);
  return (
    <div
      className={`${classesOf(card, selected)}${isRefused ? " is-refused" : ""} flows-${flow}`}
      data-testid={`card-${card.id}`}
    >
      {card.acceptsInput && <Handle type="target" position={sides.in} />}
      <div className="card-title">
        <Glyph category={card.category} />
        <CardName card={card} />
        <span className="card-type">{t(card.typeTitle)}</span>
        {card.canOpen && <OpenButton card={card} />}
      </div>
      <div className="card-options" title={card.options}>
        {card.options}
      </div>
      <div className="card-measure">
        <span className="card-shape">
          <span data-testid="shape" className={coming === undefined ? undefined : "is-coming"}>
            {coming ?? card.shape}
          </span>
          {card.receptiveField === "" ? "" : ` · ${card.receptiveField}`}
          {card.isMisaligned && <MisalignedMark />}
        </span>
        <span className="card-figure" title={card.measured.title} data-testid="measure">
          {card.measured.figure}
        </span>
      </div>
      <div className="card-weight" style={{ width: `${card.share * 100}%` }} />
      {card.repeat > 1 && <span className="card-repeat">×{card.repeat}</span>}
      <Handle type="source" position={sides.out} />
      {card.problem !== undefined && (
        <CardProblem problem={card.problem} place={card.outside ?? card.id} />
      )}
    </div>
  );
}

/** A node of the design as a card: what it is, what comes out, what it costs. */
export const CardViewMemo = memo(CardView);
