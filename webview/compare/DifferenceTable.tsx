import { useEffect, useRef, type KeyboardEvent } from "react";
import type { Comparison, NodeDifference } from "../../src/core/compare/comparison.ts";
import {
  changeWords,
  deltaWords,
  differenceName,
  differenceSigns,
  differenceWords,
  shapeWords,
} from "../../src/core/compare/differenceWords.ts";
import { t } from "../text/t.ts";
import { differenceTitles } from "./differenceTitles.ts";
import { keyOf } from "./mergeScenes.ts";

interface TableProps {
  readonly comparison: Comparison;
  /** The differences that are listed. */
  readonly rows: readonly NodeDifference[];
  readonly current: string | undefined;
  readonly onChoose: (id: string) => void;
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Every difference with what it costs; the last row is what they add up to. */
export function DifferenceTable({ comparison, rows, current, onChoose }: TableProps) {
  const at = rows.findIndex((row) => keyOf(row) === current);
  const table = useRef<HTMLDivElement>(null);
  useEffect(() => {
    table.current?.querySelector(".is-current")?.scrollIntoView({ block: "nearest" });
  }, [current]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    const next = step && rows[Math.max(0, Math.min(rows.length - 1, step(at, rows.length)))];
    if (next !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      onChoose(keyOf(next));
    }
  };
  return (
    <div
      ref={table}
      className="table-grid difference-table"
      role="grid"
      tabIndex={0}
      aria-label={t("Differences")}
      aria-rowcount={rows.length + 2}
      aria-activedescendant={at === -1 ? undefined : `difference-${at}`}
      data-testid="difference-table"
      onKeyDown={onKeyDown}
      onClick={({ target }) => {
        const row = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
        if (row?.dataset["row"] !== undefined) {
          onChoose(row.dataset["row"]);
        }
      }}
    >
      <div className="table-head" role="rowgroup">
        <div className="table-row" role="row">
          {["Change", "Layer", "What", "Output", "Parameters", "MACs"].map((title, index) => (
            <div
              key={title}
              role="columnheader"
              className={index > 2 ? "table-cell is-number" : "table-cell"}
            >
              {t(title)}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup">
        {rows.map((row, index) => (
          <Row key={keyOf(row)} row={row} index={index} isCurrent={index === at} />
        ))}
        {comparison.settings.map((change) => (
          <div key={change.option} className="table-row is-setting" role="row">
            <div className="table-cell" role="gridcell">
              {differenceSigns.changed} {t(differenceTitles.changed)}
            </div>
            <div className="table-cell" role="gridcell">
              {t("Design")}
            </div>
            <div className="table-cell is-words" role="gridcell">
              {changeWords(change)}
            </div>
          </div>
        ))}
      </div>
      <div className="table-foot" role="rowgroup">
        <div className="table-row is-total" role="row" data-testid="difference-total">
          <div className="table-cell difference-all" role="gridcell" aria-colspan={4}>
            {t("Total")}
          </div>
          <div className="table-cell is-number" role="gridcell">
            {deltaWords(comparison.parameters)}
          </div>
          <div className="table-cell is-number" role="gridcell">
            {deltaWords(comparison.macs)}
          </div>
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: NodeDifference;
  readonly index: number;
  readonly isCurrent: boolean;
}

function Row({ row, index, isCurrent }: RowProps) {
  return (
    <div
      id={`difference-${index}`}
      className={`table-row is-${row.kind}${isCurrent ? " is-selected is-current" : ""}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isCurrent}
      data-row={keyOf(row)}
      data-testid={`difference-${keyOf(row)}`}
    >
      <div className="table-cell difference-kind" role="gridcell">
        {differenceSigns[row.kind]} {t(differenceTitles[row.kind])}
      </div>
      <div className="table-cell" role="rowheader">
        <b className="table-word">{differenceName(row)}</b>
      </div>
      <div className="table-cell is-words" role="gridcell" title={differenceWords(row)}>
        <span className="table-word">{differenceWords(row)}</span>
      </div>
      <div className="table-cell is-number" role="gridcell">
        {shapeWords(row)}
      </div>
      <div className="table-cell is-number" role="gridcell">
        {deltaWords(row.parameters)}
      </div>
      <div className="table-cell is-number" role="gridcell">
        {deltaWords(row.macs)}
      </div>
    </div>
  );
}
