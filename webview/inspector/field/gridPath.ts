/** Lines between the cells of a grid, as the path of an SVG. */
export function gridPath(columns: number, rows: number, scale: number): string {
  const vertical = Array.from(
    { length: Math.max(0, columns - 1) },
    (_, x) => `M${(x + 1) * scale} 0V${rows * scale}`,
  );
  const horizontal = Array.from(
    { length: Math.max(0, rows - 1) },
    (_, y) => `M0 ${(y + 1) * scale}H${columns * scale}`,
  );
  return [...vertical, ...horizontal].join("");
}
