import fs from "node:fs";
import { inRoot } from "../../tools/lib/paths.mjs";
import { ToolError } from "../../tools/lib/say.mjs";

/**
 * Puts the text between the markers that name a benchmark in a page of the docs.
 * @param {string} page
 * @param {string} benchmark
 * @param {string} text
 */
export function writeTable(page, benchmark, text) {
  const { file, before, after } = placeOf(page, benchmark);
  fs.writeFileSync(file, `${before}\n\n${text}\n\n${after}`);
}

/**
 * What stands there.
 * @param {string} page
 * @param {string} benchmark
 */
export const readTable = (page, benchmark) => placeOf(page, benchmark).between;

/**
 * @param {string} page
 * @param {string} benchmark
 */
function placeOf(page, benchmark) {
  const file = inRoot("docs", page);
  const begin = `<!-- ${benchmark}: begin -->`;
  const end = `<!-- ${benchmark}: end -->`;
  const document = fs.readFileSync(file, "utf8");
  const [start, stop] = [document.indexOf(begin), document.indexOf(end)];
  if (start === -1 || stop === -1) {
    throw new ToolError(`docs/${page} has lost its markers ${begin} and ${end}.`);
  }
  const from = start + begin.length;
  return {
    file,
    before: document.slice(0, from),
    between: document.slice(from, stop),
    after: document.slice(stop),
  };
}
