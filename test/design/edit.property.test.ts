import fc from "fast-check";
import { type ParseError, parse } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import type { EditCommand } from "../../src/core/design/command.ts";
import { applyEdits } from "../../src/core/design/applyEdits.ts";
import { applyCommand } from "../../src/core/design/edit.ts";
import type { Design } from "../../src/core/design/design.ts";
import { parseDesign } from "../../src/core/design/parse.ts";
import { designText } from "./designTexts.ts";
import { inverseEdits } from "./inverseEdits.ts";

const id = fc.constantFrom(
  "image",
  "c1",
  "c2",
  "join",
  "größe 1",
  "__proto__",
  "last",
  "conv1",
  "new",
);
const port = fc.record({ node: id, index: fc.nat(3) });
const value = fc.constantFrom(1, "same", [1, 2], true, null);

const command: fc.Arbitrary<EditCommand> = fc.oneof(
  fc.record(
    {
      type: fc.constant("addNode" as const),
      nodeType: fc.constantFrom("conv2d", "add", "input", "inceptionBlock"),
      id,
      from: fc.array(id, { maxLength: 2 }),
      position: fc.tuple(fc.double({ noNaN: true, min: -5000, max: 5000 }), fc.integer()),
      onto: port,
    },
    { requiredKeys: ["type", "nodeType"] },
  ),
  fc.record({
    type: fc.constant("removeNodes" as const),
    nodes: fc.uniqueArray(id, { maxLength: 3 }),
  }),
  fc.record({ type: fc.constant("renameNode" as const), node: id, name: id }),
  fc.record({ type: fc.constant("connect" as const), from: id, to: port }),
  fc.record({ type: fc.constant("disconnect" as const), from: id, to: port }),
  fc.record(
    {
      type: fc.constant("setOption" as const),
      nodes: fc.uniqueArray(id, { maxLength: 3 }),
      option: fc.constantFrom("filters", "padding", "type", "__proto__"),
      value,
    },
    { requiredKeys: ["type", "nodes", "option"] },
  ),
  fc.record({
    type: fc.constant("moveNodes" as const),
    positions: fc.dictionary(id, fc.tuple(fc.integer(), fc.integer()), { maxKeys: 3 }),
  }),
  fc.record({ type: fc.constant("resetPositions" as const), nodes: fc.array(id) }),
  fc.record(
    {
      type: fc.constant("setTraining" as const),
      path: fc.constantFrom(
        ["epochs"],
        ["optimizer"],
        ["optimizer", "type"],
        ["optimizer", "momentum"],
      ),
      value: fc.constantFrom(2, "adam", "sgd"),
    },
    { requiredKeys: ["type", "path"] },
  ),
  fc.record({ type: fc.constant("setName" as const), name: fc.string() }),
  fc.record({
    type: fc.constant("createBlock" as const),
    nodes: fc.uniqueArray(id, { maxLength: 3 }),
    name: fc.constantFrom("mine", "größe", "conv2d", "__proto__"),
    withOthers: fc.boolean(),
  }),
  fc.record({
    type: fc.constant("expandBlocks" as const),
    nodes: fc.uniqueArray(id, { maxLength: 2 }),
  }),
  fc.record(
    {
      type: fc.constant("pasteNodes" as const),
      nodes: fc.array(
        fc.record({
          name: id,
          entry: fc.record(
            {
              type: fc.constantFrom("conv2d", "add", "input", "inner"),
              from: fc.oneof(id, fc.array(id, { maxLength: 2 })),
            },
            { requiredKeys: ["type"] },
          ),
        }),
        { maxLength: 3 },
      ),
      blocks: fc.constant([
        {
          name: "inner",
          entry: { inputs: ["x"], nodes: { f: { type: "flatten", from: "x" } }, output: "f" },
        },
      ]),
      positions: fc.dictionary(id, fc.tuple(fc.integer(), fc.integer()), { maxKeys: 2 }),
    },
    { requiredKeys: ["type", "nodes"] },
  ),
);

/** Comments of a text in their order. */
function commentsOf(text: string): readonly string[] {
  return (
    text
      .match(/"(?:[^"\\\r\n]|\\.)*"|\/\/[^\r\n]*|\/\*[^]*?\*\//g)
      ?.filter((part) => part.startsWith("/")) ?? []
  );
}

/** Nodes that a command removes or may replace. */
function goneBy(step: EditCommand, { nodes }: Design): readonly string[] {
  if (step.type === "removeNodes" || step.type === "expandBlocks") return step.nodes;
  return step.type === "createBlock" ? [...nodes.keys()] : [];
}

/** A text without the nodes that a command removes: what is written inside of a node goes with it. */
function withoutRemoved(text: string, step: EditCommand): string {
  const { design, rangeOf } = parseDesign(text);
  const removed = goneBy(step, design)
    .filter((node) => design.nodes.has(node))
    .flatMap((node) => rangeOf(["nodes", node]) ?? [])
    .toSorted((one, other) => one.offset - other.offset);
  return applyEdits(
    text,
    removed.map((range) => ({ ...range, text: "" })),
  );
}

describe("applyCommand", () => {
  it("leaves valid JSON with every comment outside of what is removed, in sorted edits that can be undone to the byte", () => {
    fc.assert(
      fc.property(
        designText,
        fc.array(command, { minLength: 1, maxLength: 12 }),
        (start, commands) => {
          let text = start;
          for (const step of commands) {
            const result = applyCommand(text, step);
            if (result.type === "refused") {
              expect(result.message).toMatch(/^\S.*[.!?]$/);
              continue;
            }
            let end = 0;
            for (const edit of result.edits) {
              expect(edit.offset).toBeGreaterThanOrEqual(end);
              end = edit.offset + edit.length;
            }
            const after = applyEdits(text, result.edits);
            const errors: ParseError[] = [];
            parse(after, errors, { allowTrailingComma: true });
            expect({ after, errors }).toEqual({ after, errors: [] });
            expect(parseDesign(after).isJson).toBe(true);
            expect(commentsOf(after)).toEqual(
              expect.arrayContaining([...commentsOf(withoutRemoved(text, step))]),
            );
            expect(applyEdits(after, inverseEdits(text, result.edits))).toBe(text);
            text = after;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("never makes a cycle and never leaves a wire to nowhere that was not there before", () => {
    fc.assert(
      fc.property(designText, command, (text, step) => {
        const result = applyCommand(text, step);
        if (result.type === "refused") return;
        const { nodes } = parseDesign(applyEdits(text, result.edits)).design;
        for (const { from } of nodes.values()) {
          for (const source of from) expect(nodes.has(source)).toBe(true);
        }
        const done = new Set<string>();
        while (done.size < nodes.size) {
          const next = [...nodes.values()].find(
            (node) => !done.has(node.id) && node.from.every((source) => done.has(source)),
          );
          expect(next).toBeDefined();
          done.add(next!.id);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("does what it says, whatever the text looks like", () => {
    fc.assert(
      fc.property(designText, fc.integer({ min: 1, max: 99 }), (text, filters) => {
        const { nodes } = parseDesign(text).design;
        const added = applyCommand(text, {
          type: "addNode",
          nodeType: "conv2d",
          options: { filters, kernelSize: 1 },
          from: ["image"],
          position: [1.4, -2.6],
        });
        if (added.type === "refused") throw new Error(added.message);
        const after = parseDesign(applyEdits(text, added.edits)).design;
        expect([...after.nodes.keys()]).toEqual([...nodes.keys(), added.created]);
        expect(after.nodes.get(added.created!)).toEqual({
          id: added.created,
          type: "conv2d",
          from: ["image"],
          options: { filters, kernelSize: 1 },
          repeat: 1,
        });
        expect(after.canvas.get(added.created!)).toEqual([1, -3]);
        const renamed = applyCommand(text, { type: "renameNode", node: "image", name: "picture" });
        if (renamed.type === "refused") throw new Error(renamed.message);
        const named = parseDesign(applyEdits(text, renamed.edits)).design;
        expect([...named.nodes.values()].map(({ from }) => from)).toEqual(
          [...nodes.values()].map(({ from }) =>
            from.map((source) => (source === "image" ? "picture" : source)),
          ),
        );
      }),
    );
  });

  it("never throws, whatever the text is", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          designText.map((text) => text.slice(0, -9)),
        ),
        command,
        (text, step) => {
          const result = applyCommand(text, step);
          expect(["edits", "refused"]).toContain(result.type);
        },
      ),
    );
  });
});
