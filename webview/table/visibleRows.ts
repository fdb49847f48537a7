import type { TableRow } from "../../src/core/table/layerTable.ts";
import { tableColumns, type TableColumn } from "../../src/core/table/tableColumns.ts";
import type { TableSort, TableView } from "../state/tableView.ts";

/** A row as it stands in the table at this moment. */
export interface VisibleRow {
  readonly row: TableRow;
  readonly level: number;
  /** Absent for rows that do not open. */
  readonly isOpen?: boolean;
  /** Place among its siblings, from 1, and their number. */
  readonly position: number;
  readonly siblings: number;
}

type Key = string | number | undefined;

/** Numbers by their size, words by the alphabet, what is not known last. */
function compareKeys(one: Key, other: Key, isDescending: boolean): number {
  if (one === undefined || other === undefined) {
    return Number(one === undefined) - Number(other === undefined);
  }
  const order =
    typeof one === "number" && typeof other === "number"
      ? one - other
      : String(one).localeCompare(String(other), "en", { numeric: true });
  return isDescending ? -order : order;
}

/** Equal rows stay in the order of the network. */
function sorted(rows: readonly TableRow[], sort: TableSort | undefined): readonly TableRow[] {
  const column: TableColumn | undefined = tableColumns.find(({ id }) => id === sort?.column);
  return column === undefined || sort === undefined
    ? rows
    : rows.toSorted((a, b) => compareKeys(column.key(a), column.key(b), sort.isDescending));
}

/** Rows that have every one of the words somewhere in their id, type, options or output. */
function matching(rows: readonly TableRow[], filter: string): ReadonlySet<TableRow> {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return new Set(
    rows.filter(({ id, type, options, outputShape }) => {
      const text = `${id} ${type} ${options} ${outputShape?.join("×") ?? ""}`.toLowerCase();
      return words.every((word) => text.includes(word));
    }),
  );
}

/** The rows that are seen, from top to bottom. */
export function visibleRows(
  rows: readonly TableRow[],
  { sort, open, isFlat }: TableView,
  filter: string,
): readonly VisibleRow[] {
  const found = matching(rows, filter);
  if (isFlat) {
    const layers = sorted(
      rows.filter((row) => row.kind === "layer" && found.has(row)),
      sort,
    );
    return layers.map((row, index) => ({
      row,
      level: 1,
      position: index + 1,
      siblings: layers.length,
    }));
  }
  const inside = partsByParent(rows);
  const openIds = new Set(open);
  const isFiltered = filter.trim() !== "";
  const shown = isFiltered ? withRowsAround(rows, found) : undefined;
  const visible: VisibleRow[] = [];
  const add = (parent: string | undefined): void => {
    const parts = (inside.get(parent) ?? []).filter((row) => shown?.has(row.id) ?? true);
    for (const [index, row] of sorted(parts, sort).entries()) {
      const hasParts = inside.has(row.id);
      // What was searched for inside a closed block is to be seen.
      const isOpen = openIds.has(row.id) || (isFiltered && hasShownPart(row, inside, shown));
      visible.push({
        row,
        level: row.level,
        ...(hasParts ? { isOpen } : {}),
        position: index + 1,
        siblings: parts.length,
      });
      if (hasParts && isOpen) {
        add(row.id);
      }
    }
  };
  add(undefined);
  return visible;
}

type Parts = ReadonlyMap<string | undefined, readonly TableRow[]>;

function partsByParent(rows: readonly TableRow[]): Parts {
  const parts = new Map<string | undefined, TableRow[]>();
  for (const row of rows) {
    const known = parts.get(row.parent);
    if (known === undefined) {
      parts.set(row.parent, [row]);
    } else {
      known.push(row);
    }
  }
  return parts;
}

function withRowsAround(
  rows: readonly TableRow[],
  found: ReadonlySet<TableRow>,
): ReadonlySet<string> {
  const parents = new Map(rows.map(({ id, parent }) => [id, parent]));
  const shown = new Set<string>();
  for (const row of found) {
    for (let id: string | undefined = row.id; id !== undefined; id = parents.get(id)) {
      shown.add(id);
    }
  }
  return shown;
}

const hasShownPart = (
  row: TableRow,
  parts: Parts,
  shown: ReadonlySet<string> | undefined,
): boolean => parts.get(row.id)?.some(({ id }) => shown?.has(id) ?? false) ?? false;
