import { memo, type ReactNode } from "react";
import type { TableRow } from "../../src/core/table/layerTable.ts";
import { tableColumns, type TableColumn } from "../../src/core/table/tableColumns.ts";
import { Icon } from "../app/Icon.tsx";
import type { TableSort } from "../state/tableView.ts";
import { formatBytes } from "../text/format.ts";
import { t } from "../text/t.ts";
import { ROW_HEIGHT } from "./useWindow.ts";
import type { VisibleRow } from "./visibleRows.ts";

/** Id of a row in the page. */
export const rowDomId = (id: string | undefined): string | undefined =>
  id === undefined ? undefined : `table-row-${id}`;

interface HeadProps {
  readonly sort: TableSort | undefined;
  /** Column that the keyboard is on. */
  readonly current: number | undefined;
}

/** The headings, by which the rows are sorted. */
export function HeadRow({ sort, current }: HeadProps) {
  return (
    <div className="table-head" role="rowgroup">
      <div className="table-row" role="row" aria-rowindex={1}>
        {tableColumns.map(({ id, title, heading = title, isNumber }, index) => {
          const direction = sort?.column === id ? sort : undefined;
          return (
            <div
              key={id}
              id={`table-head-${index}`}
              className={[
                "table-cell",
                isNumber ? "is-number" : "",
                index === current ? "is-current" : "",
              ].join(" ")}
              role="columnheader"
              aria-sort={sortWord(direction)}
              title={t("Sort by {0}", t(title))}
              data-heading={index}
              data-testid={`table-sort-${id}`}
            >
              <span className="table-title">{t(heading)}</span>
              {direction !== undefined && (
                <Icon name={direction.isDescending ? "arrow-down" : "arrow-up"} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function sortWord(sort: TableSort | undefined): "ascending" | "descending" | "none" {
  if (sort === undefined) {
    return "none";
  }
  return sort.isDescending ? "descending" : "ascending";
}

interface RowProps {
  readonly visible: VisibleRow;
  readonly index: number;
  readonly isFlat: boolean;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
}

function LayerRow({ visible, index, isFlat, isCurrent, isSelected }: RowProps) {
  const { row, level, isOpen, position, siblings } = visible;
  return (
    <div
      id={rowDomId(row.id)}
      className={[
        "table-row",
        `is-${row.kind}`,
        isCurrent ? "is-current" : "",
        isSelected ? "is-selected" : "",
      ].join(" ")}
      style={{ top: index * ROW_HEIGHT }}
      role="row"
      aria-rowindex={index + 2}
      aria-level={level}
      aria-setsize={siblings}
      aria-posinset={position}
      aria-expanded={isOpen}
      aria-selected={isSelected}
      data-testid={`table-row-${row.id}`}
      data-row={row.id}
    >
      {tableColumns.map((column) => (
        <Cell key={column.id} column={column} row={row}>
          {column.id === "name" && (
            <NameCell name={isFlat ? row.id : row.name} level={level} isOpen={isOpen} />
          )}
        </Cell>
      ))}
    </div>
  );
}

/** A layer, or a block with its subtotal. */
export const LayerRowMemo = memo(LayerRow);

interface NameProps {
  readonly name: string;
  readonly level: number;
  readonly isOpen: boolean | undefined;
}

function NameCell({ name, level, isOpen }: NameProps) {
  return (
    <span className="table-name" style={{ paddingLeft: (level - 1) * 14 }}>
      {isOpen === undefined ? (
        <span className="table-twistie" />
      ) : (
        // Arrows do the same for the keyboard, and the row says whether it is open.
        <span
          className={`table-twistie codicon codicon-chevron-${isOpen ? "down" : "right"}`}
          aria-hidden="true"
        />
      )}
      <span className="table-word">{name}</span>
    </span>
  );
}

interface CellProps {
  readonly column: TableColumn;
  readonly row: TableRow;
  readonly children?: ReactNode;
}

function Cell({ column, row, children }: CellProps) {
  const { id, isNumber } = column;
  const words = wordsOf(column, row);
  const share = id === "parameterShare" || id === "macShare" ? row[id] : undefined;
  return (
    <div
      className={isNumber ? "table-cell is-number" : "table-cell"}
      role={id === "name" ? "rowheader" : "gridcell"}
      title={id === "name" ? row.id : column.words(row)}
      data-column={id}
    >
      {share !== undefined && row.status !== "unknown" && (
        <span className="table-share" style={{ width: `${100 * share}%` }} />
      )}
      {children !== undefined && children !== false ? (
        children
      ) : (
        <span className="table-word">{words}</span>
      )}
    </div>
  );
}

/** Bytes are read more easily in kB and MB; the tooltip has the exact number. */
function wordsOf(column: TableColumn, row: TableRow): string {
  return column.id === "activations" && row.status !== "unknown"
    ? `${row.status === "partial" ? "≥ " : ""}${formatBytes(row.activations)}`
    : column.words(row);
}

/** The sum of all layers; always in sight. */
export function TotalRow({ row, index }: { readonly row: TableRow; readonly index: number }) {
  return (
    <div className="table-foot" role="rowgroup">
      <div
        className="table-row is-total"
        role="row"
        aria-rowindex={index + 2}
        data-testid="table-total"
      >
        {tableColumns.map((column) => (
          <Cell key={column.id} column={column} row={row}>
            {column.id === "name" && (
              <span className="table-name">
                <span className="table-twistie" />
                {t("Total")}
              </span>
            )}
          </Cell>
        ))}
      </div>
    </div>
  );
}
