import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** The tests that the table of gestures names, by file and name. */
const named = fs
  .readFileSync(path.join(root, "docs/gestures.md"), "utf8")
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter(([, , file]) => file?.endsWith(".test.ts") === true)
  .map(([, , file = "", name = ""]) => ({ file, name }));

/** True where the file has a test of this name that is run, alone or for each row of a table. */
function isRun({ file, name }: { readonly file: string; readonly name: string }): boolean {
  const source = fs.readFileSync(path.join(root, "test/e2e", file), "utf8");
  const start = source.indexOf(`(${JSON.stringify(name)},`);
  return start >= 0 && /(?:\bit|\))$/.test(source.slice(0, start));
}

test("every test that the table of gestures names is there", () => {
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((each) => !isRun(each))).toEqual([]);
});

test("a name that no test has would be missed", () => {
  expect(isRun({ file: "gestures.test.ts", name: "drags a" })).toBe(false);
});
