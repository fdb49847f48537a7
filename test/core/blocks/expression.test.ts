import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluateExpression } from "../../../src/core/blocks/expression.ts";

const parameters = new Map<string, number | string>([
  ["k", 12],
  ["half", 0.5],
  ["name", "relu"],
]);

describe("expressions of blocks", () => {
  test.each([
    ["4*k", 48],
    ["k + 2 * 3", 18],
    ["(k + 2) * 3", 42],
    ["k - 2 - 3", 7],
    ["k / 8", 1.5],
    ["k // 8", 1],
    ["-k // 8", -2],
    ["k % 5", 2],
    ["-k % 5", 3],
    ["--k", 12],
    ["k*half", 6],
    [" 1.5 * 2 ", 3],
  ])("%s", (text, value) => {
    expect(evaluateExpression(text, parameters)).toEqual({ value });
  });

  test.each([
    ["k / (k - 12)", "it divides by zero"],
    ["k // 0", "it divides by zero"],
    ["k % 0", "it divides by zero"],
    ["", "it ends too early"],
    ["k +", "it ends too early"],
    ["(k", 'a ")" is missing'],
    ["k k", '"k" is not expected there'],
    ["* k", '"*" is not expected there'],
    ["q", 'there is no parameter "q"'],
    ["name * 2", 'the parameter "name" is not a number'],
    ["k; alert(1)", '";" has no meaning in it'],
    ["k['constructor']", '"[" has no meaning in it'],
    [`${"9".repeat(150)} * ${"9".repeat(20)} * k`.replaceAll(" ", ""), undefined],
    ["1".repeat(201), "it is longer than 200 characters"],
  ])("%s is refused", (text, fault) => {
    const result = evaluateExpression(text, parameters);
    if (fault !== undefined) expect(result).toEqual({ fault });
  });

  test("any text settles", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."k 1 2 + - * / % ( ) .".split(" "), " ") }),
        (text) => {
          const result = evaluateExpression(text, parameters);
          expect("value" in result ? Number.isFinite(result.value) : result.fault.length > 0).toBe(
            true,
          );
        },
      ),
    );
  });

  test("agrees with JavaScript where both have the same meaning", () => {
    const number = fc.integer({ min: 1, max: 99 }).map(String);
    const operator = fc.constantFrom("+", "-", "*", "/");
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { depthSize: "small" },
        number,
        fc
          .tuple(tie("expression"), operator, tie("expression"))
          .map(([one, sign, other]) => `(${one} ${sign} ${other})`),
        fc.tuple(number, operator, number, operator, number).map((parts) => parts.join(" ")),
      ),
    }));
    fc.assert(
      fc.property(expression, (text) => {
        const result = evaluateExpression(text, parameters);
        // The text was made above of numbers and signs.
        // oxlint-disable-next-line no-eval
        const expected: unknown = (0, eval)(text);
        if ("value" in result) expect(result.value).toBe(expected);
      }),
    );
  });
});
