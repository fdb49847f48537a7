import { afterAll, beforeAll, expect, it } from "vitest";
import korean from "../../l10n/bundle.l10n.ko.json" with { type: "json" };
import { setStrings } from "../../src/core/text/t.ts";
import { emptyNotes, labellingOf } from "../../src/trainer/datasets/labels.ts";

beforeAll(() => setStrings(korean));
afterAll(() => setStrings({}));

it("says in Korean which label is broken", () => {
  expect(() => labellingOf("digits", [[0, 1.5]])).toThrow(
    "데이터 세트 digits의 레이블 1: 값이 1.5입니다. 0~65535 범위의 정수여야 합니다.",
  );
});

it("names the classes without images in Korean", () => {
  expect(emptyNotes(["cat"])).toEqual(["클래스 cat에 이미지가 없습니다."]);
  expect(emptyNotes(["a", "b", "c", "d", "e", "f"])).toEqual([
    "다음 클래스 등에 이미지가 없습니다: a, b, c, d, e.",
  ]);
});
