import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { trainingOptions, optimizers } from "../../src/core/design/recipeOptions.ts";
import type { OptionTable } from "../../src/core/layers/option.ts";
import { measureTitles } from "../../webview/canvas/measure.ts";
import { catalog, categoryTitles } from "../../webview/catalog/catalog.ts";

const korean = JSON.parse(
  readFileSync(new URL("../../l10n/bundle.l10n.ko.json", import.meta.url), "utf8"),
) as Readonly<Record<string, string>>;

const tables: readonly OptionTable[] = [
  ...catalog.map(({ options }) => options),
  trainingOptions,
  ...Object.values(optimizers).map(({ options }) => options),
];

const missing = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].filter((text) => korean[text] === undefined);

describe("Korean of what stands in tables", () => {
  it("has the groups, the measures and the summary of every layer and block", () => {
    expect(
      missing([
        ...Object.values(categoryTitles),
        ...Object.values(measureTitles),
        ...catalog.map(({ summary }) => summary),
      ]),
    ).toEqual([]);
  });

  it("has the description of every option", () => {
    const descriptions = tables.flatMap((table) =>
      Object.values(table).map((option) => option.description),
    );
    expect(missing(descriptions)).toEqual([]);
  });
});
