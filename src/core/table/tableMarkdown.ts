import type { LayerTable, TableRow } from "./layerTable.ts";
import { tableColumns } from "./tableColumns.ts";

/** The table as GitHub's Markdown; blocks and the total are bold. */
export function tableMarkdown({ rows, total }: LayerTable): string {
  return markdownTable(
    tableColumns.map(({ title, isNumber }) => ({ title, isNumber })),
    [...rows, total].map(cellsOf),
  );
}

function cellsOf(row: TableRow): readonly string[] {
  return tableColumns.map(({ id, words }) => {
    const text = escapeMarkdown(id === "name" ? row.id || row.name : words(row));
    return row.kind === "layer" || text === "" ? text : `**${text}**`;
  });
}

/** A heading of a Markdown table. */
export interface MarkdownColumn {
  readonly title: string;
  readonly isNumber: boolean;
}

/** A table of cells that are Markdown already. */
export function markdownTable(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return [
    line(columns.map(({ title }) => escapeMarkdown(title))),
    line(columns.map(({ isNumber }) => (isNumber ? "---:" : "---"))),
    ...rows.map(line),
  ].join("");
}

/** A text that Markdown shows as it is, on one line. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\|*_`<>[\]~&#]/g, String.raw`\$&`);
}
