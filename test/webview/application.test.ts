// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
import { applyEdits } from "../../src/core/design/applyEdits.ts";
import { applyCommand } from "../../src/core/design/edit.ts";
import type { EditCommand } from "../../src/core/design/command.ts";
import type { Application } from "../../webview/state/application.ts";
import { lenet5 } from "./designs.ts";
import { openApplication } from "./fakeHost.ts";

const setFilters = (value: number): EditCommand => ({
  type: "setOption",
  nodes: ["c1"],
  option: "filters",
  value,
});

const after = (text: string, command: EditCommand): string => {
  const result = applyCommand(text, command);
  return result.type === "edits" ? applyEdits(text, result.edits) : text;
};

const parameters = (application: Application): number =>
  application.store.get().shown.analysis.totals.parameters.total;

describe("a gesture", () => {
  it("shows at once, is sent once, and is confirmed by the document", () => {
    const { application, host } = openApplication(lenet5);
    expect(application.edit(setFilters(8))).toEqual({ type: "done" });
    expect(parameters(application)).toBe(62_558);
    expect(host.edits).toEqual([{ type: "edit", id: 1, version: 1, command: setFilters(8) }]);
    expect(application.store.get().pending).toHaveLength(1);
    host.document(after(lenet5, setFilters(8)), 2);
    expect(application.store.get().pending).toEqual([]);
    host.post({ type: "editResult", id: 1 });
    expect(parameters(application)).toBe(62_558);
  });

  it("keeps what was done on top of it while the host works through them", () => {
    const { application, host } = openApplication(lenet5);
    application.edit(setFilters(8));
    application.edit({ type: "renameNode", node: "c1", name: "first" });
    const first = after(lenet5, setFilters(8));
    host.document(first, 2);
    expect(application.store.get().shown.parsed.design.nodes.has("first")).toBe(true);
    expect(application.store.get().confirmed).toEqual({ text: first, version: 2 });
    host.document(after(first, { type: "renameNode", node: "c1", name: "first" }), 3);
    expect(application.store.get().pending).toEqual([]);
  });

  it("that the host refuses is taken back with those after it, in words", () => {
    const { application, host } = openApplication(lenet5);
    application.edit(setFilters(8));
    application.edit(setFilters(9));
    host.post({ type: "editResult", id: 1, refused: "The text changed in the meantime." });
    const { notice, pending, spoken } = application.store.get();
    expect(parameters(application)).toBe(61_706);
    expect({ notice, pending, spoken }).toEqual({
      notice: { severity: "error", text: "The text changed in the meantime.", actions: [] },
      pending: [],
      spoken: "The text changed in the meantime.",
    });
  });

  it("that is done without its text coming asks for everything anew", () => {
    vi.useFakeTimers();
    const { application, host } = openApplication(lenet5);
    application.edit(setFilters(8));
    host.post({ type: "editResult", id: 1 });
    vi.advanceTimersByTime(1000);
    expect(host.sent.at(-1)?.type).toBe("edit");
    vi.advanceTimersByTime(2000);
    expect(host.sent.at(-1)).toEqual({ type: "ready" });
    vi.useRealTimers();
  });

  it("that the core refuses is never sent", () => {
    const { application, host } = openApplication(lenet5);
    const outcome = application.edit({ type: "renameNode", node: "c1", name: "s2" });
    expect(outcome.type).toBe("refused");
    expect(host.edits).toEqual([]);
    expect(application.store.get().notice?.text).toContain("s2");
  });

  it("is refused in a read-only file and while the text cannot be read", () => {
    const readOnly = openApplication(lenet5, { isWritable: false });
    expect(readOnly.application.edit(setFilters(8)).type).toBe("refused");
    const { application, host } = openApplication(lenet5);
    host.document(lenet5.replace("6,", ","), 2);
    expect(application.edit(setFilters(8)).type).toBe("refused");
    expect([...readOnly.host.edits, ...host.edits]).toEqual([]);
  });
});

describe("a document from the host", () => {
  it("drops what was guessed on a text that somebody else changed", () => {
    const { application, host } = openApplication(lenet5);
    application.edit(setFilters(8));
    host.document(lenet5.replace('"units": 84', '"units": 100'), 2);
    expect(parameters(application)).toBe(63_802);
    expect(application.store.get().pending).toEqual([]);
  });

  it("that is older than the one shown changes nothing", () => {
    const { application, host } = openApplication(lenet5);
    host.document(after(lenet5, setFilters(8)), 3);
    host.document(lenet5, 2);
    expect(parameters(application)).toBe(62_558);
  });

  it("that cannot be read keeps the last drawing beside the problem", () => {
    const { application, host } = openApplication(lenet5);
    host.document(`${lenet5.slice(0, 400)} ???`, 2);
    const { shown, drawn } = application.store.get();
    expect(shown.parsed.isJson).toBe(false);
    expect(shown.analysis.problems[0]?.code).toBe("invalidJson");
    expect(drawn.analysis.totals.parameters.total).toBe(61_706);
    host.document(lenet5, 3);
    expect(application.store.get().drawn).toBe(application.store.get().shown);
  });

  it("takes nodes that are gone out of the selection", () => {
    const { application, host } = openApplication(lenet5);
    application.select(["c1", "s2"]);
    host.document(after(lenet5, { type: "removeNodes", nodes: ["s2"] }), 2);
    expect(application.store.get().view.selection).toEqual(["c1"]);
  });
});

describe("the view", () => {
  it("is kept for the next time, and what does not fit is the default", () => {
    const { application, host } = openApplication(lenet5, {
      state: {
        measure: "macs",
        direction: 7,
        selection: ["c3"],
        viewport: { x: 1, y: 2, zoom: 0 },
      },
    });
    expect(application.store.get().view).toMatchObject({
      measure: "macs",
      direction: "auto",
      selection: ["c3"],
      hasPalette: true,
    });
    expect(application.store.get().view.viewport).toBeUndefined();
    application.setView({ hasMinimap: true });
    expect(host.state).toMatchObject({ measure: "macs", hasMinimap: true });
  });

  it("follows a node to its new name", () => {
    const { application } = openApplication(lenet5);
    application.select(["c1"]);
    application.rename("c1", "first");
    expect(application.store.get().view.selection).toEqual(["first"]);
  });

  it("goes round the problems, each by its node", () => {
    const broken = lenet5
      .replace('"filters": 16', '"filters": 0')
      .replace('"units": 84', '"units": -1');
    const { application } = openApplication(broken);
    const visited = [1, 2, 3].map(() => {
      application.nextProblem();
      return application.store.get().view.selection[0];
    });
    expect(visited[0]).toBe("c3");
    expect(new Set(visited)).toContain("f6");
  });
});
