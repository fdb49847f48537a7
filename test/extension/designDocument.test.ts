import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DesignDocument } from "../../src/extension/designDocument.ts";
import { FakeText } from "./fakeText.ts";

const lenet5 = readFileSync(new URL("../../examples/lenet5.cnn.json", import.meta.url), "utf8");
const setFilters = (value: number) =>
  ({ type: "setOption", nodes: ["c1"], option: "filters", value }) as const;

function open(text = lenet5): { readonly text: FakeText; readonly design: DesignDocument } {
  const fake = new FakeText(text);
  return { text: fake, design: new DesignDocument(fake) };
}

describe("editing a design", () => {
  it("changes exactly one option, and one undo returns the text byte for byte", async () => {
    const { text, design } = open();
    expect(await design.apply(setFilters(8), text.version)).toEqual({ type: "applied" });
    expect(text.getText()).toBe(lenet5.replace('"filters": 6', '"filters": 8'));
    text.undo();
    expect(text.getText()).toBe(lenet5);
  });

  it("keeps the order of gestures made before the first was answered", async () => {
    const { text, design } = open();
    const { version } = text;
    await Promise.all([
      design.apply(setFilters(7), version),
      design.apply({ type: "renameNode", node: "c1", name: "first" }, version),
      design.apply({ type: "setOption", nodes: ["first"], option: "filters", value: 9 }, version),
    ]);
    expect([text.version, text.getText().match(/"first": \{.*/)?.[0]]).toEqual([
      version + 3,
      '"first": { "type": "conv2d", "from": "image", "filters": 9, "kernelSize": 5, "padding": "same", "activation": "tanh" },',
    ]);
  });

  it("rejects a gesture made before somebody else's change, and takes the next one", async () => {
    const { text, design } = open();
    const before = text.version;
    await design.apply(setFilters(7), before);
    text.type(text.getText().replace("LeNet-5", "LeNet"));
    expect(await design.apply(setFilters(8), before)).toEqual({
      type: "rejected",
      refusal: { reason: "changedMeanwhile" },
    });
    expect(await design.apply(setFilters(8), text.version)).toEqual({ type: "applied" });
  });

  it("rejects a gesture made before an undo", async () => {
    const { text, design } = open();
    await design.apply(setFilters(7), text.version);
    const seen = text.version;
    text.undo();
    expect(await design.apply(setFilters(8), seen)).toEqual({
      type: "rejected",
      refusal: { reason: "changedMeanwhile" },
    });
  });

  it("loses nothing when somebody types between the look and the edit", async () => {
    const { text, design } = open();
    const typed = lenet5.replace("LeNet-5", "Mine");
    text.meanwhile = () => text.type(typed);
    expect(await design.apply(setFilters(7), text.version)).toEqual({
      type: "rejected",
      refusal: { reason: "changedMeanwhile" },
    });
    expect(text.getText()).toBe(typed);
  });

  it("says that a file is read-only", async () => {
    const { text, design } = open();
    text.isLocked = true;
    expect(await design.apply(setFilters(7))).toEqual({
      type: "rejected",
      refusal: { reason: "readOnly" },
    });
  });

  it("says so too where VS Code takes the edit and changes nothing", async () => {
    const { text, design } = open();
    text.isIndifferent = true;
    expect(await design.apply(setFilters(7))).toEqual({
      type: "rejected",
      refusal: { reason: "readOnly" },
    });
  });

  it("passes on the core's words for what cannot be done, and changes nothing", async () => {
    const { text, design } = open();
    const outcome = await design.apply({ type: "removeNodes", nodes: ["nobody"] });
    expect(outcome).toMatchObject({ type: "rejected", refusal: { reason: "refused" } });
    expect(text.getText()).toBe(lenet5);
  });

  it("reads a version once", async () => {
    const { text, design } = open();
    const first = design.analyzed;
    expect(design.analyzed).toBe(first);
    text.type(lenet5.replace("LeNet-5", "Mine"));
    expect(design.analyzed.parsed.design.name).toBe("Mine");
  });
});
