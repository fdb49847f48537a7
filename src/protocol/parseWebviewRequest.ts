import * as v from "valibot";
import { copiedNodes } from "./copiedNodes.ts";
import { editCommand, index } from "./editSchema.ts";
import type { WebviewRequest } from "./webview.ts";

const webviewRequest = v.variant("type", [
  v.object({ type: v.literal("ready") }),
  v.object({ type: v.literal("edit"), id: index, version: index, command: editCommand }),
  v.object({ type: v.literal("copy"), copied: copiedNodes }),
  v.object({ type: v.literal("readClipboard") }),
  v.object({ type: v.literal("undo") }),
  v.object({ type: v.literal("redo") }),
  v.object({ type: v.literal("readSamples"), subject: v.string() }),
  v.object({ type: v.literal("revealText"), offset: index, length: index }),
  v.object({
    type: v.literal("exportLayerTable"),
    form: v.picklist(["csv", "markdown"]),
    to: v.picklist(["clipboard", "file"]),
  }),
  v.object({
    type: v.literal("picture"),
    id: index,
    content: v.exactOptional(v.union([v.string(), v.instance(Uint8Array)])),
    refused: v.exactOptional(v.string()),
  }),
  v.object({ type: v.literal("stopComparing") }),
  v.object({ type: v.literal("train") }),
  v.object({ type: v.literal("stopTraining") }),
  v.object({ type: v.literal("pauseTraining") }),
  v.object({ type: v.literal("resumeTraining") }),
  v.object({ type: v.literal("chooseDataset") }),
  v.object({ type: v.literal("inspectDataset") }),
  v.object({ type: v.literal("revealImage"), name: v.string() }),
  v.object({ type: v.literal("installNativeEngine") }),
  v.object({ type: v.literal("showLog") }),
  v.object({ type: v.literal("keepRecent"), recent: v.pipe(v.array(v.string()), v.maxLength(20)) }),
  v.object({ type: v.literal("changeKeys") }),
  v.object({ type: v.literal("openExample"), id: v.string() }),
  v.object({ type: v.literal("report"), message: v.string() }),
]) satisfies v.GenericSchema<unknown, WebviewRequest>;

/** A message of the canvas after its one check, or what is wrong with it. */
export type ParsedRequest =
  | { readonly type: "request"; readonly request: WebviewRequest }
  | { readonly type: "invalid"; readonly message: string };

// Structured clone keeps keys whose value is undefined, and an absent value and an undefined one mean the same.
function withoutUndefined(message: unknown): unknown {
  if (Array.isArray(message)) {
    return message.map(withoutUndefined);
  }
  if (typeof message !== "object" || message === null || ArrayBuffer.isView(message)) {
    return message;
  }
  const entries = Object.entries(message).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutUndefined(value)]));
}

/** Checks what a webview sent. */
export function parseWebviewRequest(message: unknown): ParsedRequest {
  const result = v.safeParse(webviewRequest, withoutUndefined(message));
  return result.success
    ? { type: "request", request: result.output }
    : { type: "invalid", message: v.summarize(result.issues) };
}
