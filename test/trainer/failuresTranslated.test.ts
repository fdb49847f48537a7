import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("../../src/", import.meta.url).pathname;

const literal = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
const token = new RegExp(`${literal.source}|[()]`, "g");

/** Where the parenthesis that stands before `start` is closed. */
function endOf(source: string, start: number): number {
  let depth = 1;
  for (const { 0: found, index } of source.slice(start).matchAll(token)) {
    if (found === "(") depth += 1;
    if (found === ")") depth -= 1;
    if (depth === 0) return start + index;
  }
  return source.length;
}

/** The same without what is handed to the translation. */
function withoutTranslated(source: string): string {
  const call = /\bt\(/.exec(source);
  if (call === null) return source;
  const end = endOf(source, call.index + 2);
  return source.slice(0, call.index) + withoutTranslated(source.slice(end + 1));
}

const hasWords = (written: string): boolean =>
  /\p{L}\s|\s\p{L}|\p{L}\.$/u.test(written.slice(1, -1).replaceAll(/\$\{[^}]*\}/g, ""));

const failure =
  /new (?:TrainingFailure|EngineError|NotTrainableError|LossMismatchError|NativeInstallError)\(/g;

/** Words of failures that are not handed to the translation. */
const untranslated = (source: string): readonly string[] =>
  [...source.matchAll(failure)].flatMap(({ 0: opening, index }) => {
    const start = index + opening.length;
    const left = withoutTranslated(source.slice(start, endOf(source, start)));
    return (left.match(literal) ?? []).filter((written) => hasWords(written));
  });

it.each(["trainer", "native"])("translates the words of every failure in src/%s", (folder) => {
  const files = readdirSync(root + folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const found = files.flatMap((name) => {
    const words = untranslated(readFileSync(`${root}${folder}/${name}`, "utf8"));
    return words.map((written) => `${name}: ${written}`);
  });
  expect(found).toEqual([]);
});

it("finds words that are not translated wherever they stand in a failure", () => {
  expect(untranslated('new TrainingFailure("diskFailed", "No room.", t("Free (some)."))')).toEqual([
    '"No room."',
  ]);
  expect(untranslated('new TrainingFailure("diskFailed", t("{0}", a), `Free ${a}.`)')).toEqual([
    "`Free ${a}.`",
  ]);
  expect(
    untranslated('new EngineError("failed", a === "x" ? t("This.") : "Or that.", { cause })'),
  ).toEqual(['"Or that."']);
  expect(untranslated('new TrainingFailure("notFinite", `${what}${more}`, hint)')).toEqual([]);
});
