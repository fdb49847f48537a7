import { describe, expect, it } from "vitest";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";
import { blockTree } from "../../webview/canvas/blockTree.ts";
import { reuseEqual } from "../../webview/canvas/isEqual.ts";
import { catalogEntry, catalogOf } from "../../webview/catalog/catalog.ts";
import { createScene } from "../../webview/canvas/scene.ts";
import { analyzed, branches, lenet5 } from "./designs.ts";

const zooTextOf = (id: string): string => zooText(zoo.find((network) => network.id === id)!);

describe("the cards of LeNet-5", () => {
  const scene = createScene(analyzed(lenet5), [], "parameters");

  it("say what it is, what comes out and what it costs", () => {
    expect(
      scene.cards.map(({ title, options, shape, receptiveField, measured }) =>
        [title, options, shape, receptiveField, measured.figure].join(" | "),
      ),
    ).toEqual([
      "image |  | 28×28×1 | RF 1 | 0",
      "c1 | 6 filters, 5×5, same, tanh | 28×28×6 | RF 5 | 156",
      "s2 | 2×2/2 | 14×14×6 | RF 6 | 0",
      "c3 | 16 filters, 5×5, tanh | 10×10×16 | RF 14 | 2,416",
      "s4 | 2×2/2 | 5×5×16 | RF 16 | 0",
      "flatten | 5×5×16 → 400 | 400 | RF 16 | 0",
      "c5 | 120 units, tanh | 120 | RF 28 | 48,120",
      "f6 | 84 units, tanh | 84 | RF 28 | 10,164",
      "output | 10 units, softmax | 10 | RF 28 | 850",
    ]);
    expect(scene.cards.find(({ id }) => id === "c5")?.share).toBe(1);
  });

  it("have names for the screen reader", () => {
    expect(scene.cards[1]?.spoken).toBe(
      "c1, convolution, 6 filters, 5 by 5, same, tanh, output 28 by 28 by 6, 156 parameters",
    );
  });

  it("show the measure that was chosen", () => {
    const figures = (measure: "macs" | "activations" | "receptiveField"): readonly string[] =>
      createScene(analyzed(lenet5), [], measure).cards.map(({ measured }) => measured.figure);
    expect([figures("macs")[1], figures("activations")[1], figures("receptiveField")[4]]).toEqual([
      "117,600",
      "4,704",
      "16",
    ]);
  });

  it("and its wires carry the shapes", () => {
    expect(scene.wires.map(({ id, label }) => `${id} ${label}`)[1]).toBe("c1→s2#0 28×28×6");
  });
});

describe("a broken part", () => {
  it("says so on its card and leaves the numbers of the rest", () => {
    const broken = analyzed(
      lenet5.replace('"kernelSize": 5, "activation"', '"kernelSize": 50, "activation"'),
    );
    const cards = new Map(
      createScene(broken, [], "parameters").cards.map((card) => [card.id, card]),
    );
    expect(cards.get("c3")).toMatchObject({ shape: "?", problem: { severity: "error" } });
    expect(cards.get("c1")?.measured.figure).toBe("156");
  });
});

describe("a block", () => {
  it("that is frozen says so, and so does everything in it", () => {
    const frozen = branches.replace(
      '"filters": 48, "repeat"',
      '"trainable": false, "filters": 48, "repeat"',
    );
    const options = (open: readonly string[], which: string) =>
      createScene(analyzed(frozen), open, "parameters").cards.find(({ id }) => id === which)
        ?.options;
    expect(options([], "mix")).toBe("48 filters, frozen");
    // First, because a card has no room for all of its words.
    expect(options(["mix"], "mix/2")).toMatch(/^frozen, .*layers$/);
    expect(options(["mix", "mix/2"], "mix/2/conv1")).toMatch(/frozen$/);
    expect(options([], "join")).not.toContain("frozen");
    const open = createScene(analyzed(frozen), ["mix", "mix/2"], "parameters").frames;
    expect(open.map(({ id, frozen: word }) => [id, word])).toEqual([
      ["mix", "frozen"],
      ["mix/2", "frozen"],
    ]);
    expect(open[0]?.spoken).toContain("open, frozen");
    expect(
      createScene(analyzed(branches), ["mix"], "parameters").frames.map((frame) => frame.frozen),
    ).toEqual([""]);
  });

  it("is one card with its count when closed, and a frame around its layers when open", () => {
    const design = analyzed(branches);
    const closed = createScene(design, [], "parameters");
    expect(closed.cards.find(({ id }) => id === "mix")).toMatchObject({ repeat: 2, canOpen: true });
    const open = createScene(design, ["mix"], "parameters");
    expect(open.frames.map(({ id, repeat }) => [id, repeat])).toEqual([["mix", 2]]);
    expect(open.cards.some(({ id }) => id === "mix")).toBe(false);
    const known = new Set(open.cards.map(({ id }) => id));
    expect(
      open.wires.filter(({ source, target }) => !known.has(source) || !known.has(target)),
    ).toEqual([]);
    expect(open.wires.some(({ target }) => target === "mean")).toBe(true);
  });
});

describe("a block inside a block", () => {
  const resnet = analyzed(zooTextOf("resnet152"));
  const titles = (open: readonly string[], inside?: string): readonly string[] =>
    createScene(resnet, open, "parameters", inside).cards.map(({ title }) => title);

  it("opens level by level: the stage to its copies, a copy to its layers", () => {
    expect(titles([])).toHaveLength(9);
    expect(titles(["conv2"]).slice(3, 6)).toEqual(["conv2 1", "conv2 2", "conv2 3"]);
    const { cards, frames, frameOf } = createScene(
      resnet,
      ["conv2", "conv2/2", "conv3/1"],
      "parameters",
    );
    expect(frames.map(({ id, isInner }) => [id, isInner, frameOf.get(id)])).toEqual([
      ["conv2", false, undefined],
      ["conv2/2", true, "conv2"],
    ]);
    expect(
      cards.filter(({ id }) => frameOf.get(id) === "conv2/2").map(({ title }) => title),
    ).toEqual(["conv1", "bn1", "relu1", "conv2", "bn2", "relu2", "conv3", "bn3", "add", "relu"]);
  });

  it("costs as much closed as its parts do open", () => {
    const sum = (open: readonly string[]): number =>
      createScene(resnet, open, "macs").cards.reduce(
        (all, { measured }) => all + (measured.value ?? 0),
        0,
      );
    const everything = [...blockTree(resnet.network).groups.keys()];
    expect([sum([]), sum(["conv2", "conv4"]), sum(everything)]).toEqual(
      Array.from({ length: 3 }, () => resnet.analysis.totals.macs),
    );
    expect(titles(everything)).toHaveLength(resnet.network.layers.length);
  });

  it("is wired as the layers are: each wire of the network once, between the cards that stand for its ends", () => {
    const { wires } = createScene(resnet, ["conv2", "conv2/1"], "parameters");
    expect(wires.filter(({ target }) => target.startsWith("conv2")).map(({ id }) => id)).toEqual([
      "pool1→conv2/1/conv1",
      "conv2/1/conv1→conv2/1/bn1",
      "conv2/1/bn1→conv2/1/relu1",
      "conv2/1/relu1→conv2/1/conv2",
      "conv2/1/conv2→conv2/1/bn2",
      "conv2/1/bn2→conv2/1/relu2",
      "conv2/1/relu2→conv2/1/conv3",
      "conv2/1/conv3→conv2/1/bn3",
      "pool1→conv2/1/projection",
      "conv2/1/projection→conv2/1/projection_bn",
      "conv2/1/bn3→conv2/1/add",
      "conv2/1/projection_bn→conv2/1/add",
      "conv2/1/add→conv2/1/relu",
      "conv2/1/relu→conv2/2",
      "conv2/2→conv2/3",
    ]);
    expect(wires.find(({ id }) => id === "pool1→conv2/1/conv1")).toMatchObject({
      port: { node: "conv2", index: 0 },
      from: "pool1",
    });
  });

  it("fills the canvas alone, with what it is wired to around it", () => {
    const { cards, wires } = createScene(resnet, [], "parameters", "conv2/2");
    expect(cards.filter(({ outside }) => outside !== undefined).map(({ id }) => id)).toEqual([
      "↥ conv2/1",
      "↥ conv2/3",
    ]);
    const parts = new Set(cards.map(({ id }) => id));
    expect(wires.filter(({ source, target }) => !parts.has(source) || !parts.has(target))).toEqual(
      [],
    );
    expect(wires.flatMap(({ source, target }) => (source.startsWith("↥") ? [target] : []))).toEqual(
      ["conv2/2/conv1", "conv2/2/add"],
    );
    expect(wires.flatMap(({ port }) => port ?? [])).toEqual([]);
  });

  it("leaves the nearest level when it is gone", () => {
    expect(titles([], "conv2/7").slice(0, 3)).toEqual(["conv2 1", "conv2 2", "conv2 3"]);
    expect(titles([], "gone/1")).toEqual(titles([]));
  });

  it("hides parts that nobody wrote: a dense block opens to its units at once", () => {
    const dense = analyzed(zooTextOf("densenet121"));
    const first = [...dense.parsed.design.nodes.values()].find(({ type }) => type === "denseBlock");
    const { frameOf, cards } = createScene(dense, [first!.id], "parameters");
    expect(
      cards.filter(({ id }) => frameOf.has(id)).map(({ title, canOpen }) => [title, canOpen]),
    ).toEqual([1, 2, 3, 4, 5, 6].map((copy) => [`layer ${copy}`, true]));
  });
});

describe("a scene after an edit", () => {
  it("keeps the cards that did not change", () => {
    const before = createScene(analyzed(lenet5), [], "parameters").cards;
    const after = createScene(
      analyzed(lenet5.replace('"units": 10', '"units": 12')),
      [],
      "parameters",
    ).cards;
    const reused = reuseEqual(before, after);
    expect(reused.filter((card) => !before.includes(card)).map(({ id }) => id)).toEqual(["output"]);
    expect(reuseEqual(before, createScene(analyzed(lenet5), [], "parameters").cards)).toBe(before);
  });
});

describe("a block that the file defines", () => {
  const own = `{
  "version": 1,
  "nodes": {
    "image": { "type": "input", "shape": [8, 8, 3] },
    "one": { "type": "mine", "from": "image", "k": 4 }
  },
  "blocks": {
    "mine": {
      "parameters": { "k": 2, "deep": true },
      "inputs": ["x"],
      "nodes": { "c": { "type": "conv2d", "from": "x", "filters": "4*k", "kernelSize": 1 } },
      "output": "c"
    }
  }
}`;

  it("is drawn, opened, edited and offered like those that come with the product", () => {
    const { parsed } = analyzed(own);
    const entry = catalogEntry("mine", parsed.design.blocks);
    expect([Object.keys(entry?.options ?? {}), catalogOf(parsed.design.blocks)[0]?.type]).toEqual([
      ["k", "deep", "trainable", "repeat"],
      "mine",
    ]);
    const [, card] = createScene(analyzed(own), [], "parameters").cards;
    expect(card).toMatchObject({
      category: "block",
      canOpen: true,
      options: "k 4",
      shape: "8×8×16",
    });
  });

  it("says that it is frozen, as its layers do", () => {
    const frozen = own.replace('"k": 4', '"k": 4, "trainable": false');
    const scene = (open: readonly string[]) => createScene(analyzed(frozen), open, "parameters");
    const [, card] = scene([]).cards;
    expect(card?.options).toBe("k 4, frozen");
    expect(card?.spoken).toContain("frozen");
    expect(scene(["one"]).cards.find(({ id }) => id === "one/c")?.options).toBe(
      "16 filters, 1×1, frozen",
    );
  });
});
