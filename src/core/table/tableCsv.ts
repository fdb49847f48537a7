import type { LayerTable, TableRow } from "./layerTable.ts";

type Cell = string | number | undefined;

const columns: readonly (readonly [title: string, value: (row: TableRow) => Cell])[] = [
  ["row", ({ kind }) => kind],
  ["id", ({ id }) => id],
  ["level", ({ level, kind }) => (kind === "total" ? undefined : level)],
  ["type", ({ type }) => type],
  ["options", ({ options }) => options],
  ["status", ({ status }) => status],
  ["output", ({ outputShape }) => outputShape?.join("x")],
  ["parameters", counted(({ parameters }) => parameters.total)],
  ["trainable", counted(({ parameters }) => parameters.trainable)],
  ["macs", counted(({ macs }) => macs)],
  ["activation_bytes", counted(({ activations }) => activations)],
  ["receptive_field_height", ({ receptiveField }) => receptiveField?.size[0]],
  ["receptive_field_width", ({ receptiveField }) => receptiveField?.size[1]],
  ["stride_height", ({ receptiveField }) => receptiveField?.stride[0]],
  ["stride_width", ({ receptiveField }) => receptiveField?.stride[1]],
  ["parameter_share", counted(({ parameterShare }) => parameterShare)],
  ["mac_share", counted(({ macShare }) => macShare)],
];

function counted(of: (row: TableRow) => number): (row: TableRow) => Cell {
  return (row) => (row.status === "unknown" ? undefined : of(row));
}

/** The table as CSV (RFC 4180); rows of kind `layer` alone add up to the total. */
export function tableCsv({ rows, total }: LayerTable): string {
  return csvText([
    columns.map(([title]) => title),
    ...[...rows, total].map((row) => columns.map(([, value]) => value(row))),
  ]);
}

/** Lines of cells as CSV (RFC 4180), with no text that a spreadsheet would take for a formula. */
export function csvText(lines: readonly (readonly Cell[])[]): string {
  return lines.map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(cell: Cell): string {
  if (typeof cell !== "string") return cell === undefined ? "" : String(cell);
  // https://owasp.org/www-community/attacks/CSV_Injection
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
