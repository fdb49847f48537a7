import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url).pathname;
const korean = JSON.parse(readFileSync(`${root}l10n/bundle.l10n.ko.json`, "utf8")) as Readonly<
  Record<string, string>
>;

/** Texts that are handed to VS Code's or the canvas's translation, as they stand in the sources. */
function translatedTexts(): readonly string[] {
  const files = ["src/extension", "webview"].flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${root}${folder}/${name}`),
  );
  return files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/\bt\(\s*("(?:[^"\\\n]|\\.)*")/g)].map(
      ([, literal = '""']) => JSON.parse(literal) as string,
    ),
  );
}

const placeholders = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{\d+\}/g)].map(String))].toSorted();

describe("Korean", () => {
  const texts = new Set(translatedTexts());

  it("has every text of the extension and the canvas", () => {
    expect([...texts].filter((text) => korean[text] === undefined)).toEqual([]);
  });

  it("keeps the places of every value", () => {
    const wrong = Object.entries(korean).filter(
      ([english, translated]) => placeholders(english).join() !== placeholders(translated).join(),
    );
    expect(wrong).toEqual([]);
  });
});
