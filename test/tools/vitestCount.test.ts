import { expect, test } from "vitest";
import { count } from "../../tools/lib/vitest.mjs";

const file = (status: string, ...results: readonly string[]) => ({
  status,
  assertionResults: results.map((result) => ({ status: result })),
});

test("tests are counted, and a file that could not be loaded is one failure", () => {
  const testResults = [
    file("passed", "passed", "passed", "skipped"),
    file("failed", "passed", "failed"),
    file("failed"),
    file("passed", "todo"),
  ];
  expect(count({ testResults })).toEqual({ passed: 3, failed: 2, skipped: 2 });
});
