import * as v from "valibot";
import type { EditCommand, JsonObject } from "../core/design/command.ts";
import type { JsonValue } from "../core/layers/option.ts";

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

/** A whole number from 0. */
export const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const names = v.array(v.string());
/** A place on the canvas. */
export const position = v.tuple([finite, finite]);
const jsonObject: v.GenericSchema<JsonObject> = v.record(v.string(), jsonValue);

/** Entries of a section with their names. */
export const namedEntries = v.array(v.object({ name: v.string(), entry: jsonObject }));

const inputPort = v.object({ node: v.string(), index });

/** More changes than any gesture makes. */
const LONGEST_SEQUENCE = 1000;

/** Commands that a block of the file takes as well as the design. */
const blockCommands = [
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
] as const;

/** How a command is checked where it comes in. */
export const editCommand: v.GenericSchema<EditCommand> = v.variant("type", [
  ...blockCommands,
  v.object({
    type: v.literal("editBlock"),
    block: v.string(),
    command: v.variant("type", blockCommands),
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
    type: v.literal("pasteNodes"),
    nodes: namedEntries,
    blocks: v.exactOptional(namedEntries),
    positions: v.exactOptional(v.record(v.string(), position)),
  }),
  v.object({
    type: v.literal("createBlock"),
    nodes: names,
    name: v.string(),
    withOthers: v.boolean(),
  }),
  v.object({ type: v.literal("expandBlocks"), nodes: names }),
  v.object({
    type: v.literal("sequence"),
    commands: v.pipe(v.array(v.lazy(() => editCommand)), v.maxLength(LONGEST_SEQUENCE)),
  }),
]);
