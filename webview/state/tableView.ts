import type { TableColumn } from "../../src/core/table/tableColumns.ts";

/** By what the table of layers is sorted; without it the rows stand in the order of the network. */
export interface TableSort {
  /** Id of a column; one that no longer is sorts nothing. */
  readonly column: string;
  readonly isDescending: boolean;
}

/** How the table of layers is looked at. */
export interface TableView {
  readonly sort?: TableSort;
  /** Blocks whose rows are shown. */
  readonly open: readonly string[];
  /** True where layers are listed without their blocks. */
  readonly isFlat: boolean;
}

/** Nodes of the design with their subtotals, in the order of the network. */
export const initialTable: TableView = { open: [], isFlat: false };

/** Numbers begin with the largest; once more turns the order round, and a third time gives back that of the network. */
export function sortedBy({ sort, ...view }: TableView, { id, isNumber }: TableColumn): TableView {
  if (sort?.column !== id) {
    return { ...view, sort: { column: id, isDescending: isNumber } };
  }
  return sort.isDescending === isNumber
    ? { ...view, sort: { column: id, isDescending: !isNumber } }
    : view;
}

function readSort(value: unknown): TableSort | undefined {
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  const { column, isDescending } = value as Partial<Record<keyof TableSort, unknown>>;
  return typeof column === "string" ? { column, isDescending: isDescending === true } : undefined;
}

/** Reads what an earlier version may have kept; whatever does not fit is the default. */
export function readTableView(kept: unknown): TableView {
  if (typeof kept !== "object" || kept === null) {
    return initialTable;
  }
  const from = kept as Partial<Record<keyof TableView, unknown>>;
  const sort = readSort(from.sort);
  const open = Array.isArray(from.open) ? (from.open as readonly unknown[]) : [];
  return {
    ...(sort === undefined ? {} : { sort }),
    open: open.filter((id) => typeof id === "string"),
    isFlat: from.isFlat === true,
  };
}
