import { describe, expect, it } from "vitest";
import translations from "../../l10n/bundle.l10n.ko.json" with { type: "json" };
import {
  earlyStoppingOptions,
  optimizers,
  schedules,
  trainingOptions,
} from "../../src/core/design/recipeOptions.ts";
import type { OptionTable } from "../../src/core/layers/option.ts";
import { tableColumns } from "../../src/core/table/tableColumns.ts";
import { differenceTitles } from "../../webview/compare/differenceTitles.ts";
import { measureTitles } from "../../webview/canvas/measure.ts";
import { catalog, categoryTitles } from "../../webview/catalog/catalog.ts";

const korean: Readonly<Record<string, string>> = translations;

const tables: readonly OptionTable[] = [
  ...catalog.map(({ options }) => options),
  trainingOptions,
  earlyStoppingOptions,
  ...[...Object.values(optimizers), ...Object.values(schedules)].map(({ options }) => options),
];

const missing = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].filter((text) => korean[text] === undefined);

describe("Korean of what stands in tables", () => {
  it("has the groups, the measures and the summary of every layer and block", () => {
    expect(
      missing([
        ...Object.values(categoryTitles),
        ...Object.values(measureTitles),
        ...Object.values(differenceTitles),
        ...tableColumns.flatMap(({ title, heading = title }) => [title, heading]),
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
