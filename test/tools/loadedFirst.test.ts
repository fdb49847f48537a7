import { expect, test } from "vitest";
import { loadedFirst } from "../../tools/checks/bundleBudget.mjs";

const output = (
  imports: readonly [string, "import-statement" | "dynamic-import"][],
  entryPoint?: string,
) => ({
  bytes: 1,
  inputs: {},
  exports: [],
  imports: imports.map(([path, kind]) => ({ path, kind })),
  ...(entryPoint !== undefined && { entryPoint }),
});

test("the webview's first load is its entry, what that imports statically, and the style sheet", () => {
  const outputs = {
    "main.js": output(
      [
        ["shared.js", "import-statement"],
        ["charts.js", "dynamic-import"],
      ],
      "webview/main.tsx",
    ),
    "shared.js": output([["deep.js", "import-statement"]]),
    "deep.js": output([["shared.js", "import-statement"]]),
    "charts.js": output([], "webview/charts.ts"),
    "main.css": output([]),
    "codicon.ttf": output([]),
  };
  expect([...loadedFirst({ inputs: {}, outputs })].toSorted()).toEqual([
    "deep.js",
    "main.css",
    "main.js",
    "shared.js",
  ]);
});
