import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url).pathname;
const korean = JSON.parse(readFileSync(`${root}l10n/bundle.l10n.ko.json`, "utf8")) as Readonly<
  Record<string, string>
>;

const sources = ["src", "webview"].flatMap((folder) =>
  readdirSync(root + folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(`${root}${folder}/${name}`, "utf8")),
);

const literal = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`;

const valueOf = (written: string): string =>
  JSON.parse(
    written.startsWith('"') ? written : `"${written.slice(1, -1).replaceAll('"', String.raw`\"`)}"`,
  ) as string;

/** Texts that are handed to VS Code's translation or to that of the core, as they stand in the sources. */
const translated: ReadonlySet<string> = new Set(
  sources.flatMap((source) =>
    [...source.matchAll(new RegExp(String.raw`\bt\(\s*(${literal})`, "g"))].map(
      ([, written = '""']) => valueOf(written),
    ),
  ),
);

const isWritten = (text: string): boolean =>
  translated.has(text) ||
  sources.some((source) => source.includes(JSON.stringify(text)) || source.includes(`'${text}'`));

const placeholders = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{\d+\}/g)].map(String))].toSorted();

describe("Korean", () => {
  it("has every text that is handed to a translation", () => {
    expect([...translated].filter((text) => korean[text] === undefined)).toEqual([]);
  });

  it("has no text that nobody says", () => {
    expect(Object.keys(korean).filter((text) => !isWritten(text))).toEqual([]);
  });

  it("keeps the places of every value", () => {
    const wrong = Object.entries(korean).filter(
      ([english, inKorean]) => placeholders(english).join() !== placeholders(inKorean).join(),
    );
    expect(wrong).toEqual([]);
  });

  it("is Korean, names that are the same in every language aside", () => {
    const same = Object.entries(korean).filter(
      ([english, inKorean]) => english === inKorean && /[a-z]{2,} [a-z]{2,}/.test(english),
    );
    expect(same).toEqual([]);
  });
});
