// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";
import { blockInside, enterBlock } from "../../webview/canvas/blockActions.ts";
import { createScene } from "../../webview/canvas/scene.ts";
import { findables } from "../../webview/find/findable.ts";
import { currentMatch, keepMatches, openFind, stepFind } from "../../webview/find/findActions.ts";
import { findMatches } from "../../webview/find/findMatches.ts";
import { readFigure, readQuery } from "../../webview/find/findQuery.ts";
import { foundCards } from "../../webview/find/foundCards.ts";
import { analyzed, branches, lenet5 } from "./designs.ts";
import { openApplication } from "./fakeHost.ts";

const zooDesign = (id: string) => analyzed(zooText(zoo.find((network) => network.id === id)!));

describe("a query", () => {
  it.each([
    ["conv", [{ type: "words", words: "conv" }]],
    ["Name:c1", [{ type: "name", words: "c1" }]],
    ["type:conv2d", [{ type: "kind", words: "conv2d" }]],
    ["#12", [{ type: "place", place: 12 }]],
    ["512", [{ type: "number", words: "512", value: 512 }]],
    ["filters>256", [{ type: "comparison", of: "filters", by: ">", value: "256" }]],
    ["params >= 1.5M", [{ type: "comparison", of: "params", by: ">=", value: "1.5M" }]],
    [
      "type:conv  activation=relu",
      [
        { type: "kind", words: "conv" },
        { type: "comparison", of: "activation", by: "=", value: "relu" },
      ],
    ],
    ["  ", []],
    // Half typed: a word that nothing is called.
    ["filters>", [{ type: "words", words: "filters>" }]],
  ])("%s", (query, terms) => {
    expect(readQuery(query)).toEqual(terms);
  });

  it("counts in thousands, millions and more", () => {
    expect(["64", "1k", "1.5M", "2g", "M", "1e3", "-3"].map(readFigure)).toEqual([
      64,
      1000,
      1_500_000,
      2_000_000_000,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("a search in LeNet-5", () => {
  const items = findables(analyzed(lenet5));
  const found = (query: string): unknown => {
    const result = findMatches(items, query);
    return result.type === "found" ? result.ids.join(" ") : result.message;
  };

  it.each([
    // By name or type, in whatever case.
    ["c", "c1 c3 c5"],
    ["CONV", "c1 c3"],
    ["name:f", "flatten f6"],
    ["type:pool", "s2 s4"],
    ["type:dense", "c5 f6 output"],
    // By number: an option, a part of a shape, parameters, and names.
    ["120", "c5"],
    ["48120", "c5"],
    ["28", "image c1 c5 f6 output"],
    ["5", "c1 c3 s4 c5"],
    ["#2", "c1"],
    // By comparison, all of which must hold.
    ["params>10k", "c5 f6"],
    ["params=156", "c1"],
    ["macs>100k macs<200k", "c1"],
    ["rf>=16", "s4 flatten c5 f6 output"],
    ["filters>6", "c3"],
    ["kernel=5", "c1 c3"],
    ["strides=2", "s2 s4"],
    ["kernelSize=5x5 padding=same", "c1"],
    ["activation=TANH type:conv2d", "c1 c3"],
    ["units<100 type:dense", "f6 output"],
    ["channels=16", "c3 s4"],
    ["nothing", ""],
    ["", ""],
    // In words where it cannot be asked.
    ["fliters>6", "Nothing here has an option called fliters. Is it filters?"],
    ["zzzzzzz=6", "Nothing here has an option called zzzzzzz."],
    ["params>many", "params is a number: write for example params>1M."],
  ])("%s", (query, ids) => {
    expect(found(query)).toBe(ids);
  });
});

describe("a search in a network of blocks", () => {
  const design = zooDesign("resnet50");
  const { network } = design;
  const items = findables(design);
  const idsOf = (query: string): readonly string[] => {
    const result = findMatches(items, query);
    return result.type === "found" ? result.ids : [];
  };

  it("finds layers at every depth as the network has them", () => {
    expect(idsOf("type:conv2d")).toEqual(
      network.layers.filter(({ type }) => type === "conv2d").map(({ id }) => id),
    );
    expect(idsOf("type:conv2d filters>=2048")).toEqual(
      network.layers
        .filter((layer) => layer.type === "conv2d" && layer.options.filters >= 2048)
        .map(({ id }) => id),
    );
    expect(idsOf("conv5/2/bn")).toEqual(["conv5/2/bn1", "conv5/2/bn2", "conv5/2/bn3"]);
  });

  it("finds blocks by their options and by what they cost together", () => {
    expect(idsOf("type:residual repeat=6")).toEqual(["conv4"]);
    expect(idsOf("type:residual params>10M")).toEqual(["conv5"]);
  });

  it("marks what it found, and closed blocks with the number of matches inside", () => {
    const scene = createScene(design, ["conv5"], "parameters");
    expect([...foundCards(design, scene, idsOf("name:projection"))]).toEqual([
      ["conv2", 2],
      ["conv3", 2],
      ["conv4", 2],
      ["conv5/1", 2],
    ]);
    expect([...foundCards(design, scene, ["conv1", "conv5", "conv5/2"])]).toEqual([
      ["conv1", 0],
      ["conv5", 0],
      ["conv5/2", 0],
    ]);
  });
});

describe("going from match to match", () => {
  const viewOf = ({ store }: ReturnType<typeof openApplication>["application"]) => store.get().view;

  it("opens what is closed around the next, round and round, and back", () => {
    const { application } = openApplication(branches);
    openFind(application);
    keepMatches(application, ["stem", "mix/1/conv1", "mix/2/conv1"]);
    const visited = [1, 1, 1, 1, -1].map((step) => {
      stepFind(application, step as 1 | -1);
      const { selection } = viewOf(application);
      return [selection[0], currentMatch(application.store.get().find.matches, selection)];
    });
    expect(visited).toEqual([
      ["stem", 1],
      ["mix/1/conv1", 2],
      ["mix/2/conv1", 3],
      ["stem", 1],
      ["mix/2/conv1", 3],
    ]);
    expect(viewOf(application).openBlocks).toEqual(["mix", "mix/1", "mix/2"]);
  });

  it("begins at the end where it is asked backwards first", () => {
    const { application } = openApplication(branches);
    openFind(application);
    keepMatches(application, ["stem", "a", "b"]);
    stepFind(application, -1);
    expect(viewOf(application).selection).toEqual(["b"]);
  });

  it("leaves a block that does not hold the match", () => {
    const { application } = openApplication(branches);
    enterBlock(application, "mix/1");
    openFind(application);
    keepMatches(application, ["mix/2/conv1"]);
    stepFind(application, 1);
    expect([blockInside(application)?.id, viewOf(application).openBlocks]).toEqual([
      "mix",
      ["mix/2"],
    ]);
  });

  it("is nothing while nothing is found, so that the key goes on to VS Code", () => {
    const { application } = openApplication(branches);
    expect(stepFind(application, 1)).toBe(false);
    openFind(application);
    expect(stepFind(application, 1)).toBe(false);
  });
});

describe("the problems", () => {
  it("are gone through in both directions", () => {
    const broken = lenet5
      .replace('"from": "s2", "filters": 16', '"from": "s2", "filters": 0')
      .replace('"units": 10', '"units": 0');
    const { application } = openApplication(broken);
    const visited = [1, 1, 1, -1, -1].map((step) => {
      application.nextProblem(step as 1 | -1);
      return application.store.get().view.selection[0];
    });
    expect(new Set(visited)).toEqual(new Set(["c3", "output"]));
    expect(visited.map((id) => id === visited[0])).toEqual([true, false, true, false, true]);
  });
});
