/** Tables of Markdown whose rows begin with what they are about; a later run replaces only the rows that it has measured. */

/**
 * @typedef {object} Table
 * @property {readonly string[]} header
 * @property {ReadonlyMap<string, readonly string[]>} rows the other cells, by the first
 */

const lineOf = (/** @type {readonly string[]} */ cells) => `| ${cells.join(" | ")} |`;

const cellsOf = (/** @type {string} */ text) =>
  text
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim());

/**
 * The rows of a table in a text by its header; none where the text has no such table.
 * @param {string} text
 * @param {readonly string[]} header
 * @returns {ReadonlyMap<string, readonly string[]>}
 */
function rowsIn(text, header) {
  const lines = text.split("\n");
  const at = lines.findIndex((one) => cellsOf(one).join("|") === header.join("|"));
  const after = at === -1 ? [] : lines.slice(at + 2);
  const end = after.findIndex((row) => !row.startsWith("|"));
  return new Map(
    (end === -1 ? after : after.slice(0, end)).map((row) => {
      const [first = "", ...others] = cellsOf(row);
      return [first, others];
    }),
  );
}

/**
 * The table with the rows of the one that stands in the text under the same header, where it has none of its own.
 * @param {string} text
 * @param {Table} table
 * @param {readonly string[]} order the first cells, as they are to stand
 */
export function mergedTable(text, { header, rows }, order) {
  const all = new Map([...rowsIn(text, header), ...rows]);
  const known = order.filter((first) => all.has(first));
  return [
    lineOf(header),
    lineOf(header.map(() => "---")),
    ...known.map((first) => lineOf([first, ...(all.get(first) ?? [])])),
  ].join("\n");
}
