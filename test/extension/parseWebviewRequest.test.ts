import { describe, expect, it } from "vitest";
import { parseWebviewRequest } from "../../src/protocol/parseWebviewRequest.ts";
import type { WebviewRequest } from "../../src/protocol/webview.ts";

const edit = (
  command: (WebviewRequest & { readonly type: "edit" })["command"],
): WebviewRequest => ({
  type: "edit",
  id: 1,
  version: 3,
  command,
});

const requests: readonly WebviewRequest[] = [
  { type: "ready" },
  { type: "undo" },
  { type: "redo" },
  { type: "revealText", offset: 3, length: 0 },
  { type: "train" },
  { type: "stopTraining" },
  { type: "installNativeEngine" },
  { type: "showLog" },
  { type: "report", message: "no" },
  edit({ type: "addNode", nodeType: "conv2d" }),
  edit({
    type: "addNode",
    nodeType: "conv2d",
    id: "c",
    options: { kernelSize: [3, 3], deep: { list: [null, true, "x"] } },
    from: ["a"],
    position: [1.5, -2],
    onto: { node: "b", index: 0 },
  }),
  edit({ type: "removeNodes", nodes: ["a", "b"] }),
  edit({ type: "renameNode", node: "a", name: "b" }),
  edit({ type: "connect", from: "a", to: { node: "b", index: 1 } }),
  edit({ type: "disconnect", from: "a", to: { node: "b", index: 1 } }),
  edit({ type: "setOption", nodes: ["a"], option: "filters", value: 8 }),
  edit({ type: "setOption", nodes: ["a"], option: "filters" }),
  edit({ type: "moveNodes", positions: { a: [0, 10] } }),
  edit({ type: "resetPositions", nodes: [] }),
  edit({ type: "setTraining", path: ["optimizer", "type"], value: "adam" }),
  edit({ type: "setName", name: "x" }),
  edit({ type: "pasteNodes", nodes: [{ name: "a", entry: { type: "flatten", from: ["b"] } }] }),
  {
    type: "copy",
    copied: { text: '"a": {}', blocks: [{ name: "b", entry: {} }], positions: { a: [1, 2] } },
  },
  { type: "readClipboard" },
];

describe("messages of the canvas", () => {
  it.each(requests)("takes %j", (request) => {
    expect(parseWebviewRequest(structuredClone(request))).toEqual({ type: "request", request });
  });

  it("reads a value that is undefined as one that is absent", () => {
    const command = { type: "setOption", nodes: ["a"], option: "bias" } as const;
    const sent = { ...edit(command), command: { ...command, value: undefined } };
    expect(parseWebviewRequest(sent)).toEqual({ type: "request", request: edit(command) });
  });

  it.each([
    undefined,
    null,
    7,
    "ready",
    {},
    { type: "format" },
    { type: "edit", id: 1, version: 1, command: { type: "eval" } },
    { type: "edit", id: -1, version: 1, command: { type: "setName", name: "x" } },
    edit({ type: "moveNodes", positions: { a: [Number.NaN, 0] } }),
    { type: "revealText", offset: "0", length: 1 },
  ])("refuses %j in words", (message) => {
    expect(parseWebviewRequest(message)).toEqual({
      type: "invalid",
      message: expect.stringMatching(/\w/) as string,
    });
  });
});
