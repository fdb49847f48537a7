import type { TableRow } from "../../src/core/table/layerTable.ts";
import { tableColumns } from "../../src/core/table/tableColumns.ts";
import type { VisibleRow } from "./visibleRows.ts";

/** Where the keyboard is: on a heading, or on a row. */
export type Place =
  | { readonly type: "head"; readonly column: number }
  | { readonly type: "row"; readonly id: string };

/** What keys can do with the table. */
export interface TableHands {
  readonly place: Place;
  readonly visible: readonly VisibleRow[];
  /** Rows that are seen at once. */
  readonly page: number;
  setPlace(place: Place): void;
  choose(row: TableRow): void;
  reveal(row: TableRow): void;
  setOpen(row: TableRow, isOpen: boolean): void;
  sortBy(column: number): void;
}

/** Carries out a key as a tree grid does; false where the table has no use for it. */
export function tableKey(key: string, hands: TableHands): boolean {
  const { place, visible } = hands;
  if (place.type === "head") {
    return headKey(key, place.column, hands);
  }
  const current = visible.findIndex(({ row }) => row.id === place.id);
  const goTo = (index: number): boolean => {
    const row = visible[Math.max(0, Math.min(visible.length - 1, index))]?.row;
    if (row !== undefined) {
      hands.choose(row);
    }
    return true;
  };
  switch (key) {
    case "ArrowDown":
      return goTo(current + 1);
    case "ArrowUp":
      if (current > 0) {
        return goTo(current - 1);
      }
      hands.setPlace({ type: "head", column: 0 });
      return true;
    case "Home":
      return goTo(0);
    case "End":
      return goTo(visible.length - 1);
    case "PageDown":
      return goTo(current + hands.page);
    case "PageUp":
      return goTo(current - hands.page);
    default:
      return rowKey(key, visible[current], current, hands, goTo);
  }
}

function rowKey(
  key: string,
  at: VisibleRow | undefined,
  current: number,
  hands: TableHands,
  goTo: (index: number) => boolean,
): boolean {
  if (at === undefined) {
    return false;
  }
  switch (key) {
    case "Enter":
      hands.reveal(at.row);
      return true;
    case " ":
      hands.choose(at.row);
      return true;
    case "ArrowRight":
      if (at.isOpen === false) {
        hands.setOpen(at.row, true);
      } else if (at.isOpen === true) {
        goTo(current + 1);
      }
      return true;
    case "ArrowLeft":
      if (at.isOpen === true) {
        hands.setOpen(at.row, false);
      } else {
        const outer = hands.visible.findIndex(({ row }) => row.id === at.row.parent);
        if (outer >= 0) {
          goTo(outer);
        }
      }
      return true;
    default:
      return false;
  }
}

function headKey(key: string, column: number, hands: TableHands): boolean {
  const last = tableColumns.length - 1;
  const goTo = (index: number): boolean => {
    hands.setPlace({ type: "head", column: Math.max(0, Math.min(last, index)) });
    return true;
  };
  switch (key) {
    case "ArrowRight":
      return goTo(column + 1);
    case "ArrowLeft":
      return goTo(column - 1);
    case "Home":
      return goTo(0);
    case "End":
      return goTo(last);
    case "Enter":
    case " ":
      hands.sortBy(column);
      return true;
    case "ArrowDown": {
      const first = hands.visible[0]?.row;
      if (first !== undefined) {
        hands.choose(first);
      }
      return true;
    }
    default:
      return false;
  }
}
