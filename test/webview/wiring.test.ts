import { describe, expect, it } from "vitest";
import { connectableTo, connection } from "../../webview/canvas/connection.ts";
import { insertion } from "../../webview/canvas/insertion.ts";
import { catalog, catalogEntry } from "../../webview/catalog/catalog.ts";
import { searchCatalog } from "../../webview/catalog/searchCatalog.ts";
import { analyzed, branches, lenet5 } from "./designs.ts";

const lenet = analyzed(lenet5).parsed.design;
const branching = analyzed(branches).parsed.design;

describe("a wire", () => {
  it.each([
    ["c1", "c1", "cannot feed itself"],
    ["output", "c1", "would close a circle"],
    ["c1", "image", "nothing can feed it"],
    ["c1", "s2", "feeds s2 already"],
    ["mix/1/conv1", "c1", "by the block itself"],
  ])("from %s to %s is refused in words", (from, to, words) => {
    const result = connection(lenet, from, to);
    expect(result.type === "refused" && result.message).toContain(words);
  });

  it("goes into the next free input of a join, and replaces where only one fits", () => {
    expect([connection(branching, "stem", "join"), connection(lenet, "s4", "c5")]).toEqual([
      {
        type: "allowed",
        command: { type: "connect", from: "stem", to: { node: "join", index: 3 } },
      },
      {
        type: "allowed",
        command: { type: "connect", from: "s4", to: { node: "c5", index: 0 } },
        replaces: "flatten",
      },
    ]);
  });
});

describe("the choices for a wire", () => {
  it.each([lenet, branching])("are those that would be allowed", (design) => {
    const ids = [...design.nodes.keys()];
    expect(ids.map((to) => connectableTo(design, to))).toEqual(
      ids.map((to) => ids.filter((from) => connection(design, from, to).type === "allowed")),
    );
  });
});

describe("a new node", () => {
  const dropout = catalogEntry("dropout")!;
  const add = catalogEntry("add")!;
  const input = catalogEntry("input")!;

  it("stands on the wire behind the selection, or begins another branch", () => {
    expect(insertion(dropout, lenet, { selection: ["c1"] })).toEqual({
      type: "addNode",
      nodeType: "dropout",
      onto: { node: "s2", index: 0 },
    });
    expect(insertion(dropout, branching, { selection: ["stem"] })).toMatchObject({
      from: ["stem"],
    });
  });

  it("goes on at the end where nothing is selected", () => {
    expect(insertion(dropout, lenet, { selection: [] })).toMatchObject({ from: ["output"] });
  });

  it("joins all that is selected, takes no input for an input, and is free where it is dropped", () => {
    expect(insertion(add, branching, { selection: ["a", "b"] })).toMatchObject({
      from: ["a", "b"],
    });
    expect(insertion(input, lenet, { selection: ["c1"] })).toEqual({
      type: "addNode",
      nodeType: "input",
    });
    expect(insertion(dropout, lenet, { selection: [], position: [10, 20] })).toEqual({
      type: "addNode",
      nodeType: "dropout",
      position: [10, 20],
    });
  });
});

describe("the search", () => {
  const first = (query: string): string | undefined => searchCatalog(catalog, query)[0]?.type;

  it("finds by title, type and group, the best first", () => {
    expect([first("conv2d"), first("max pool"), first("batch"), first("residual")]).toEqual([
      "conv2d",
      "maxPooling2d",
      "batchNormalization",
      "residualBlock",
    ]);
    expect(searchCatalog(catalog, "no such thing")).toEqual([]);
    expect(searchCatalog(catalog, " ")).toBe(catalog);
  });
});
