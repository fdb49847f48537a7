/** A column of a table: what stands above it, and to which side its cells go. */
export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/** Cells of a text grid that a terminal gives to a text: two to each wide letter. */
function widthOf(text: string): number {
  const wide = text.match(
    /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}]/gu,
  );
  return Array.from(text).length + (wide?.length ?? 0);
}

/** Sets rows below their titles; the first line is the titles. */
export function layTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, index) =>
    lines.reduce((most, cells) => Math.max(most, widthOf(cells[index] ?? "")), 0),
  );
  return lines.map((cells) =>
    columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? "";
        const gap = " ".repeat((widths[index] ?? 0) - widthOf(cell));
        return align === "left" ? cell + gap : gap + cell;
      })
      .join("  ")
      .trimEnd(),
  );
}
