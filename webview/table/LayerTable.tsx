import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from "react";
import { layerTable, type TableRow } from "../../src/core/table/layerTable.ts";
import { tableColumns } from "../../src/core/table/tableColumns.ts";
import { showPart } from "../canvas/blockActions.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { sortedBy, type TableView } from "../state/tableView.ts";
import { useLatest } from "../state/useLatest.ts";
import { t } from "../text/t.ts";
import { cardOfRow, partOfRow, rowsAround } from "./rowOnCanvas.ts";
import { HeadRow, LayerRowMemo, rowDomId, TotalRow } from "./TableRows.tsx";
import { TableTools } from "./TableTools.tsx";
import { tableKey, type Place } from "./tableKeys.ts";
import { ROW_HEIGHT, useWindow } from "./useWindow.ts";
import { visibleRows, type VisibleRow } from "./visibleRows.ts";

/** Rows that stick to the edges: the headings and the total. */
const HEAD = 1;
const FOOT = 1;

function useRows(filter: string) {
  const drawn = useAppState((state) => state.drawn);
  const view = useAppState((state) => state.view.table);
  const table = useMemo(() => layerTable(drawn), [drawn]);
  const rowById = useMemo(() => new Map(table.rows.map((row) => [row.id, row])), [table]);
  const visible = useMemo(() => visibleRows(table.rows, view, filter), [table, view, filter]);
  return { table, rowById, visible, view };
}

/** Follows the selection of the canvas: its row is opened up to, scrolled to and made the current one. */
function useSelectedRow(
  rowById: ReadonlyMap<string, TableRow>,
  view: TableView,
  setPlace: (place: Place) => void,
) {
  const application = useApplication();
  const selected = useAppState((state) => state.view.selection.at(-1));
  // A click on a layer of a closed block selects the block, which must not move the table.
  const ownChoice = useRef<string>(undefined);
  const noteChoice = useCallback((card: string): void => {
    ownChoice.current = card;
  }, []);
  useEffect(() => {
    if (selected === undefined || selected === ownChoice.current || !rowById.has(selected)) {
      return;
    }
    ownChoice.current = selected;
    const closed = rowsAround(selected, rowById).filter((id) => !view.open.includes(id));
    if (closed.length > 0 && !view.isFlat) {
      application.setView({ table: { ...view, open: [...view.open, ...closed] } });
    }
    setPlace({ type: "row", id: selected });
  }, [application, rowById, selected, setPlace, view]);
  return noteChoice;
}

/** All layers with what they cost, in step with the selection of the canvas. */
export function LayerTable() {
  const application = useApplication();
  const [filter, setFilter] = useState("");
  const [place, setPlace] = useState<Place>({ type: "row", id: "" });
  const { table, rowById, visible, view } = useRows(filter);
  const selection = useAppState((state) => state.view.selection);
  const selected = useMemo(() => new Set(selection), [selection]);
  const { element, measure, scrollTo, pageRows, first, last } = useWindow(
    visible.length,
    HEAD,
    FOOT,
  );
  const noteChoice = useSelectedRow(rowById, view, setPlace);
  const current = place.type === "row" ? visible.findIndex(({ row }) => row.id === place.id) : -1;
  const latest = useLatest(current);
  // Another row is followed, but not the same one to where a new order puts it.
  useEffect(() => {
    if (place.type === "row" && latest.current >= 0) {
      scrollTo(latest.current);
    }
  }, [latest, place, scrollTo]);

  const setTable = (change: Partial<TableView>): void =>
    application.setView({ table: { ...view, ...change } });
  const choose = (row: TableRow): void => {
    const { drawn, view: canvas } = application.store.get();
    const card = cardOfRow(row, drawn.network, canvas);
    noteChoice(card);
    setPlace({ type: "row", id: row.id });
    application.select([card]);
    application.canvasActions.emit("show");
  };
  const reveal = (row: TableRow): void => {
    const part = partOfRow(row, application.store.get().drawn.network);
    noteChoice(part);
    setPlace({ type: "row", id: row.id });
    showPart(application, part);
  };
  const setOpen = (row: TableRow, isOpen: boolean): void =>
    setTable({ open: isOpen ? [...view.open, row.id] : view.open.filter((id) => id !== row.id) });
  const sortBy = (index: number): void => {
    const column = tableColumns[index];
    if (column !== undefined) {
      application.setView({ table: sortedBy(view, column) });
      scrollTo(0);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const done = tableKey(event.key, {
      place,
      visible,
      page: Math.max(1, pageRows() - 1),
      setPlace,
      choose,
      reveal,
      setOpen,
      sortBy,
    });
    if (done) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const onClick = ({ target }: MouseEvent): void => {
    const at = partAt(target);
    const row = at.row === undefined ? undefined : rowById.get(at.row);
    if (at.column !== undefined) {
      sortBy(at.column);
    } else if (row !== undefined && at.isTwistie) {
      setOpen(row, !view.open.includes(row.id));
    } else if (row !== undefined) {
      choose(row);
    }
  };
  const onDoubleClick = ({ target }: MouseEvent): void => {
    const at = partAt(target);
    const row = at.row === undefined ? undefined : rowById.get(at.row);
    if (row !== undefined && !at.isTwistie) {
      reveal(row);
    }
  };
  const drawn = drawnRows(visible, { first, last }, current);
  return (
    <section className="table-panel" aria-label={t("Layers")} data-testid="layer-table">
      <TableTools
        view={view}
        blocks={table.rows.filter(({ kind }) => kind === "block").map(({ id }) => id)}
        filter={filter}
        count={visible.length}
        onFilter={setFilter}
        onChange={setTable}
      />
      <div
        ref={element}
        className="table-grid"
        role="treegrid"
        tabIndex={0}
        aria-label={t("Layers")}
        aria-rowcount={visible.length + HEAD + FOOT}
        aria-colcount={tableColumns.length}
        aria-activedescendant={
          place.type === "head" ? `table-head-${place.column}` : rowDomId(visible[current]?.row.id)
        }
        onScroll={measure}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
      >
        <HeadRow sort={view.sort} current={place.type === "head" ? place.column : undefined} />
        <div className="table-rows" role="rowgroup" style={{ height: visible.length * ROW_HEIGHT }}>
          {drawn.map((index) => {
            const each = visible[index];
            return (
              each && (
                <LayerRowMemo
                  key={each.row.id}
                  visible={each}
                  index={index}
                  isFlat={view.isFlat}
                  isCurrent={index === current}
                  isSelected={selected.has(each.row.id)}
                />
              )
            );
          })}
        </div>
        <TotalRow row={table.total} index={visible.length} />
      </div>
    </section>
  );
}

/** What of the table an event happened at; one listener serves thousands of rows. */
function partAt(target: EventTarget): {
  readonly row: string | undefined;
  readonly column: number | undefined;
  readonly isTwistie: boolean;
} {
  const closest = (selector: string): HTMLElement | null =>
    target instanceof Element ? target.closest<HTMLElement>(selector) : null;
  const column = closest("[data-heading]")?.dataset["heading"];
  return {
    row: closest("[data-row]")?.dataset["row"],
    column: column === undefined ? undefined : Number(column),
    isTwistie: closest(".table-twistie.codicon") !== null,
  };
}

/** Places of the rows in sight, and of the current one wherever it is, so that the screen reader has it. */
function drawnRows(
  visible: readonly VisibleRow[],
  { first, last }: { readonly first: number; readonly last: number },
  current: number,
): readonly number[] {
  const end = Math.min(last, visible.length);
  const inSight = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  return current >= 0 && (current < first || current >= end) ? [...inSight, current] : inSight;
}
