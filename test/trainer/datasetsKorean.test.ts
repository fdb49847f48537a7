import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import korean from "../../l10n/bundle.l10n.ko.json" with { type: "json" };
import { setStrings } from "../../src/core/text/t.ts";
import { readIdx } from "../../src/trainer/datasets/idx.ts";
import { mismatch } from "../../src/trainer/datasets/mismatch.ts";

let folder = "";

beforeAll(async () => {
  setStrings(korean);
  folder = await fs.mkdtemp(path.join(os.tmpdir(), "cnn-architect-korean-"));
});
afterAll(async () => {
  setStrings({});
  await fs.rm(folder, { recursive: true });
});

it("says in Korean that a file is missing, or cut off, and what to do", async () => {
  const file = path.join(folder, "labels");
  await expect(readIdx(file, [1], "digits")).rejects.toMatchObject({
    message: "데이터 세트 digits의 파일 labels: 파일이 없습니다.",
    hint: `데이터 세트를 다시 설치하거나 ${file}을(를) 바꾸세요.`,
  });
  await fs.writeFile(file, Buffer.of(0, 0));
  await expect(readIdx(file, [1], "digits")).rejects.toThrow(
    "데이터 세트 digits의 파일 labels: 2바이트뿐이며 잘렸습니다.",
  );
});

it("says in Korean what to change in a design that does not fit", () => {
  const said = (inputShape: readonly number[], classes: number) =>
    mismatch("digits", [28, 28, 1], 10, { inputShape, classes, seed: 0 }).hint;
  const otherwise = "바꾸거나 다른 데이터 세트를 고르세요(synthetic은 모든 설계에 맞습니다).";
  expect(said([32, 32, 1], 10)).toBe(`입력의 모양을 [28, 28, 1](으)로 ${otherwise}`);
  expect(said([28, 28, 1], 3)).toBe(`마지막 레이어의 유닛 수를 10(으)로 ${otherwise}`);
  expect(said([32, 32, 1], 3)).toBe(
    `입력의 모양을 [28, 28, 1](으)로, 마지막 레이어의 유닛 수를 10(으)로 ${otherwise}`,
  );
});
