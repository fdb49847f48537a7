import { describe, expect, it } from "vitest";
import { applyEdits } from "../../src/core/design/applyEdits.ts";
import { applyCommand } from "../../src/core/design/edit.ts";
import { refusedEnds } from "../../webview/canvas/connection.ts";
import { previewDrop } from "../../webview/canvas/dropPreview.ts";
import { createScene } from "../../webview/canvas/scene.ts";
import { ontoWire } from "../../webview/canvas/useNodeDrop.ts";
import { analyzed, branches, lenet5 } from "./designs.ts";

describe("what a drop would do", () => {
  it("is shown as the new node's shapes, the change in numbers and every shape behind it", () => {
    const preview = previewDrop(
      analyzed(lenet5),
      { type: "addNode", nodeType: "maxPooling2d", onto: { node: "s2", index: 0 } },
      [10, 20],
    );
    expect(preview && { ...preview, shapes: [...preview.shapes] }).toEqual({
      at: [10, 20],
      change: "28×28×6 → 14×14×6",
      effect: expect.stringMatching(/^−.* parameters, −.* MACs$/),
      problem: undefined,
      shapes: [
        ["s2", "7×7×6"],
        ["c3", "3×3×16"],
        ["s4", "1×1×16"],
        ["flatten", "16"],
      ],
    });
  });

  it("names the problem that it would make", () => {
    const preview = previewDrop(
      analyzed(lenet5),
      { type: "addNode", nodeType: "globalAveragePooling2d", onto: { node: "s2", index: 0 } },
      [0, 0],
    );
    expect(preview?.problem).toContain("s2");
    expect(preview?.shapes.get("c3")).toBe("?");
  });
});

describe("a node that is dragged over a wire", () => {
  const loose = lenet5.replace(
    '"c1":',
    '"drop": { "type": "dropout", "from": [], "rate": 0.5 },\n    "c1":',
  );
  const { parsed } = analyzed(loose);
  const wires = createScene(analyzed(loose), [], "parameters").wires;
  const wire = wires.find(({ source, target }) => source === "c1" && target === "s2")!;

  it("is put on it where it has no wires of its own", () => {
    const command = ontoWire(parsed.design, "drop", wire);
    const result = command && applyCommand(loose, command);
    const text = result?.type === "edits" ? applyEdits(loose, result.edits) : "";
    const { nodes } = analyzed(text).parsed.design;
    expect([nodes.get("drop")?.from, nodes.get("s2")?.from]).toEqual([["c1"], ["drop"]]);
  });

  it("is only moved where it has", () => {
    expect(ontoWire(parsed.design, "c3", wire)).toBeUndefined();
  });
});

describe("a wire that is being drawn", () => {
  const { design } = analyzed(branches).parsed;

  it("cannot end at what it comes from, hangs on, or takes no more", () => {
    expect([...refusedEnds(design, "join", false)].toSorted()).toEqual(
      // What feeds the join, what reads it already, and the image.
      ["a", "b", "c", "image", "mix", "stem"],
    );
  });

  it("backwards, cannot come from what hangs on its end", () => {
    expect([...refusedEnds(design, "mix", true)].toSorted()).toEqual(["classes", "join", "mean"]);
  });
});
