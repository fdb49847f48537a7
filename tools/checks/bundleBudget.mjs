import fs from "node:fs";
import { metafileOf } from "../build.mjs";
import { size } from "../lib/say.mjs";

// A webview parses all of this before it shows anything; what is needed later belongs behind a dynamic import.
const budget = 700_000;

/**
 * Measures what the webview loads before it shows anything: its entry, everything that imports statically, and the style sheet.
 * @returns {string[]} what is wrong, in words
 */
export function checkBundleBudget() {
  const metafile = /** @type {import("esbuild").Metafile} */ (
    JSON.parse(fs.readFileSync(metafileOf("webview"), "utf8"))
  );
  const files = [...loadedFirst(metafile)];
  const bytes = files.reduce((sum, file) => sum + (metafile.outputs[file]?.bytes ?? 0), 0);
  return bytes <= budget
    ? []
    : [
        `The webview first loads ${size(bytes)}, and ${size(budget)} is the budget: ${files.join(", ")}`,
      ];
}

/**
 * @param {import("esbuild").Metafile} metafile
 * @returns {Set<string>}
 */
export function loadedFirst({ outputs }) {
  // Every part that is loaded later is an entry point of its own, and `later.css` has its styles.
  const entry = Object.keys(outputs).find(
    (file) => outputs[file]?.entryPoint === "webview/main.tsx",
  );
  const styles = Object.keys(outputs).filter(
    (file) => file.endsWith(".css") && outputs[file]?.entryPoint !== "webview/later.css",
  );
  const found = new Set(styles);
  const waiting = entry === undefined ? [] : [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (!found.has(file)) {
      found.add(file);
      const imports = outputs[file]?.imports ?? [];
      waiting.push(
        ...imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => path),
      );
    }
  }
  return found;
}
