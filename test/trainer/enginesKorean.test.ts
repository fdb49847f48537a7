import { afterAll, beforeAll, expect, it } from "vitest";
import korean from "../../l10n/bundle.l10n.ko.json" with { type: "json" };
import { setStrings } from "../../src/core/text/t.ts";
import { unsupported } from "../../src/trainer/engines/unsupported.ts";
import { decodeSafetensors } from "../../src/trainer/safetensors.ts";

beforeAll(() => setStrings(korean));
afterAll(() => setStrings({}));

const said = (name: string): string =>
  unsupported(
    "WASM",
    {
      name,
      type: "MirrorPad",
      inputs: [],
      outputs: [],
      attributes: { mode: "REFLECT", paddings: [] },
      after: [],
    },
    "padding by mirroring",
  ).message;

it("says in Korean what an engine lacks, for a layer and for the design", () => {
  expect(said("training/pad1/MirrorPad_2")).toBe(
    "WASM 엔진으로는 pad1을(를) 학습할 수 없습니다. 엔진에 없는 기능: 거울 패딩(MirrorPad).",
  );
  expect(said("training/MirrorPad_2")).toBe(
    "WASM 엔진으로는 이 설계를 학습할 수 없습니다. 엔진에 없는 기능: 거울 패딩(MirrorPad).",
  );
});

it("says in Korean what is wrong with a file of weights", () => {
  expect(() => decodeSafetensors(new Uint8Array(4))).toThrow(
    "잘렸거나 safetensors 파일이 아닙니다",
  );
});
