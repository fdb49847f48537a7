import * as v from "valibot";
import type { EditCommand } from "../core/design/command.ts";
import type { JsonValue } from "../core/layers/option.ts";
import type { WebviewRequest } from "./webview.ts";

const jsonValue: v.GenericSchema<JsonValue> = v.lazy(() =>
  v.union([
    v.string(),
    v.number(),
    v.boolean(),
    v.null(),
    v.array(jsonValue),
    v.record(v.string(), jsonValue),
  ]),
);

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const names = v.array(v.string());
const position = v.tuple([finite, finite]);
const inputPort = v.object({ node: v.string(), index });

/** More changes than any gesture makes. */
const LONGEST_SEQUENCE = 1000;

const editCommand: v.GenericSchema<EditCommand> = v.variant("type", [
  v.object({
    type: v.literal("addNode"),
    nodeType: v.string(),
    id: v.exactOptional(v.string()),
    options: v.exactOptional(v.record(v.string(), jsonValue)),
    from: v.exactOptional(names),
    position: v.exactOptional(position),
    onto: v.exactOptional(inputPort),
  }),
  v.object({ type: v.literal("removeNodes"), nodes: names }),
  v.object({ type: v.literal("renameNode"), node: v.string(), name: v.string() }),
  v.object({ type: v.literal("connect"), from: v.string(), to: inputPort }),
  v.object({ type: v.literal("disconnect"), from: v.string(), to: inputPort }),
  v.object({
    type: v.literal("setOption"),
    nodes: names,
    option: v.string(),
    value: v.exactOptional(jsonValue),
  }),
  v.object({ type: v.literal("moveNodes"), positions: v.record(v.string(), position) }),
  v.object({ type: v.literal("resetPositions"), nodes: names }),
  v.object({
    type: v.literal("setTraining"),
    path: names,
    value: v.exactOptional(jsonValue),
  }),
  v.object({ type: v.literal("setName"), name: v.string() }),
  v.object({
    type: v.literal("sequence"),
    commands: v.pipe(v.array(v.lazy(() => editCommand)), v.maxLength(LONGEST_SEQUENCE)),
  }),
]);

const webviewRequest = v.variant("type", [
  v.object({ type: v.literal("ready") }),
  v.object({ type: v.literal("edit"), id: index, version: index, command: editCommand }),
  v.object({ type: v.literal("undo") }),
  v.object({ type: v.literal("redo") }),
  v.object({ type: v.literal("revealText"), offset: index, length: index }),
  v.object({
    type: v.literal("exportLayerTable"),
    form: v.picklist(["csv", "markdown"]),
    to: v.picklist(["clipboard", "file"]),
  }),
  v.object({ type: v.literal("train") }),
  v.object({ type: v.literal("stopTraining") }),
  v.object({ type: v.literal("installNativeEngine") }),
  v.object({ type: v.literal("showLog") }),
  v.object({ type: v.literal("changeKeys") }),
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
  if (typeof message !== "object" || message === null) {
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
