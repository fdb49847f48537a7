import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDesign } from "../../src/core/design/parse.ts";
import { optionReference } from "./optionReference.ts";

const file = "docs/file-format.md";
const begin =
  "<!-- Everything below follows from the option tables: npx vitest run test/design/fileFormat.test.ts -u -->";

describe(file, () => {
  it("describes every option as the program reads it", async () => {
    const [written = ""] = readFileSync(file, "utf8").split(begin);
    await expect(`${written}${begin}\n\n${optionReference()}\n`).toMatchFileSnapshot(
      `../../${file}`,
    );
  });

  it("shows a file that has no problem", () => {
    const [, example = ""] = /```jsonc\n([^]*?)```/.exec(readFileSync(file, "utf8")) ?? [];
    const { design, problems } = parseDesign(example);
    expect(problems).toEqual([]);
    expect(design.nodes.size).toBeGreaterThan(5);
    expect(design.blocks.size).toBe(1);
  });
});
