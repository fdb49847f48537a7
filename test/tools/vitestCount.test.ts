import { expect, test } from "vitest";
import { count, merge } from "../../tools/lib/vitest.mjs";

const file = (status: string, ...results: readonly string[]) => ({
  name: "some.test.ts",
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

test("a file that passes when it is run once more is counted once, and named", () => {
  const first = { testResults: [file("passed", "passed"), file("failed", "passed", "failed")] };
  const second = { testResults: [file("passed", "passed", "passed")] };
  expect(merge(first, second, ["some.test.ts"])).toEqual({
    passed: 3,
    failed: 0,
    skipped: 0,
    unsteady: ["some.test.ts"],
  });
});
