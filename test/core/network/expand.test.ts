import { describe, expect, test } from "vitest";
import { MOST_LAYERS } from "../../../src/core/network/expander.ts";
import { designOf, pointedAt, problemsOf } from "../designOf.ts";

const image = { type: "input", shape: [8, 8, 3] };
const conv = (from: unknown, more = {}) => ({
  type: "conv2d",
  from,
  filters: 4,
  kernelSize: 3,
  padding: "same",
  ...more,
});

describe("one broken node never hides the rest", () => {
  test("nodes behind it are marked, the others stand, totals are partial", () => {
    const { analysis } = designOf({
      image,
      good: conv("image"),
      broken: conv("good", { kernelSize: 30, padding: "valid" }),
      behind: conv("broken"),
      beside: conv("good"),
    });
    const statuses = Object.fromEntries([...analysis.nodes].map(([id, node]) => [id, node.status]));
    expect(statuses).toEqual({
      image: "exact",
      good: "exact",
      broken: "unknown",
      behind: "unknown",
      beside: "exact",
    });
    expect(analysis.totals).toMatchObject({
      status: "partial",
      parameters: { total: 112 + 148 },
    });
  });

  test("a type that does not exist, with the nearest name", () => {
    const design = designOf({ image, c: { ...conv("image"), type: "convv2d" }, d: conv("c") });
    expect(problemsOf(design)).toEqual([
      'unknownType | c: there is no layer or block of type "convv2d". Did you mean "conv2d"?',
    ]);
    expect(pointedAt(design, "unknownType")).toBe('"convv2d"');
    expect(design.analysis.nodes.get("c")?.status).toBe("unknown");
  });
});

describe("wires", () => {
  test("a source that does not exist, with the nearest name and a fix", () => {
    const design = designOf({ image, first: conv("image"), second: conv("firts") });
    const problem = design.analysis.problems.find(({ code }) => code === "unknownInput");
    expect(problem).toMatchObject({
      severity: "error",
      node: "second",
      message: 'second: there is no node "firts" to read from. Did you mean "first"?',
      fix: {
        title: "Read from first",
        command: { type: "connect", from: "first", to: { node: "second", index: 0 } },
      },
    });
    expect(pointedAt(design, "unknownInput")).toBe('"firts"');
  });

  test("no wire, and too many of them", () => {
    const design = designOf({
      image,
      lonely: conv([]),
      double: conv(["image", "lonely"]),
      sum: { type: "add", from: ["image"] },
      source: { ...image, from: "double" },
    });
    const messages = problemsOf(design).filter((line) => line.includes("nput"));
    expect(messages).toEqual([
      "missingInput | lonely: it has no input: connect a node to it.",
      "tooManyInputs | double: conv2d takes one input, but image and lonely are wired to it. Join them first, for example with add or concatenate.",
      "missingInput | sum: it needs at least 2 inputs and has 1: connect more nodes to it.",
      "tooManyInputs | source: input takes no input, but double is wired to it.",
      "tooManyInputs | source: the design has an input already, image; one image enters a network.",
    ]);
  });

  test("every node of a ring is named, and what stands beside it keeps its numbers", () => {
    const design = designOf({
      image,
      a: { type: "add", from: ["image", "c"] },
      b: conv("a"),
      c: conv("b"),
      free: conv("image"),
    });
    expect(problemsOf(design)).toEqual([
      "cycle | a: it reads from itself: a → b → c → a. Remove one of these wires.",
    ]);
    expect(design.analysis.nodes.get("free")?.status).toBe("exact");
    expect(design.analysis.problems[0]?.fix?.command).toEqual({
      type: "disconnect",
      from: "c",
      to: { node: "a", index: 1 },
    });
  });

  test("a node that reads itself", () => {
    expect(problemsOf(designOf({ image, a: conv("a"), b: conv("image") }))).toEqual([
      "cycle | a: it reads from itself: a → a. Remove one of these wires.",
    ]);
  });

  test("a chain of nodes in the wrong order is sorted", () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 3000 }, (_, index) => [
        `n${index}`,
        index === 2999 ? image : { type: "activation", from: `n${index + 1}` },
      ]),
    );
    const { network, analysis } = designOf(nodes);
    expect(analysis.totals.status).toBe("exact");
    expect(network.layers[0]?.id).toBe("n2999");
    expect(network.outputs).toEqual(["n0"]);
  });
});

describe("shapes that do not fit", () => {
  test("a kernel larger than the map, at its option and with a fix", () => {
    const design = designOf({ image, c: conv("image", { kernelSize: 9, padding: "valid" }) });
    expect(design.analysis.problems[0]).toMatchObject({
      code: "shapeMismatch",
      node: "c",
      option: "kernelSize",
      message: "c: a window of 9 × 9 does not fit into a map of 8 × 8.",
      fix: {
        title: "Set Padding to Same",
        command: { type: "setOption", nodes: ["c"], option: "padding", value: "same" },
      },
    });
    expect(pointedAt(design, "shapeMismatch")).toBe("9");
  });

  test("channels that differ at an addition, with a projection as the fix", () => {
    const design = designOf({
      image,
      a: conv("image", { filters: 16, strides: 2 }),
      sum: { type: "add", from: ["a", "image"] },
    });
    expect(design.analysis.problems[0]).toMatchObject({
      message: "sum: cannot join 4 × 4 × 16 and 8 × 8 × 3: their shapes differ.",
      fix: {
        title: "Insert a 1 × 1 Projection",
        command: {
          type: "addNode",
          nodeType: "conv2d",
          options: { filters: 16, kernelSize: 1, strides: [2, 2] },
          onto: { node: "sum", index: 1 },
        },
      },
    });
  });

  test("sizes that differ at a concatenation", () => {
    const design = designOf({
      image,
      a: conv("image", { strides: 2 }),
      join: { type: "concatenate", from: ["a", "image"] },
    });
    expect(problemsOf(design)[0]).toBe(
      "shapeMismatch | join: cannot join 4 × 4 × 4 and 8 × 8 × 3: height and width must agree.",
    );
  });

  test("groups that do not divide the channels", () => {
    const design = designOf({ image, a: conv("image", { groups: 2 }) });
    expect(design.analysis.problems[0]).toMatchObject({
      option: "groups",
      message: "a: 3 input channels and 4 filters cannot be split into 2 groups.",
      fix: { title: "Set Groups to 1" },
    });
  });

  test("a dense layer on a map, with a flatten as the fix", () => {
    const design = designOf({ image, a: { type: "dense", from: "image", units: 10 } });
    expect(design.analysis.problems[0]?.fix).toEqual({
      title: "Insert a Flatten",
      command: { type: "addNode", nodeType: "flatten", onto: { node: "a", index: 0 } },
    });
  });

  test("inside a block it is said at the block", () => {
    const design = designOf({
      image,
      flat: { type: "flatten", from: "image" },
      block: { type: "residualBlock", from: "flat", filters: 4 },
    });
    expect(problemsOf(design)[0]).toBe(
      "shapeMismatch | block/conv1: needs a feature map of height × width × channels, not a vector of 192 values.",
    );
    expect(design.analysis.problems[0]?.node).toBe("block");
  });
});

describe("ends", () => {
  test("no input, no output, nothing at all", () => {
    expect(problemsOf(designOf({ a: conv([]) }))).toContain(
      'noInput | The design has no input: add a node of type "input" with the shape of the images.',
    );
    expect(problemsOf(designOf({ image }))).toEqual([
      "noOutput | The design has no output: add a layer that reads the input.",
    ]);
    expect(problemsOf(designOf({}))).toEqual([
      "noOutput | The design has no layers yet: add an input and the layers behind it.",
    ]);
  });

  test("a map that nothing reads is a dead end, a second classifier is an output", () => {
    const classify = (from: string) => ({ type: "dense", from, units: 10 });
    const design = designOf({
      image,
      a: conv("image"),
      dead: conv("a"),
      flat: { type: "flatten", from: "a" },
      auxiliary: classify("flat"),
      hidden: { type: "dense", from: "flat", units: 20 },
      main: classify("hidden"),
    });
    expect(problemsOf(design)).toEqual([
      "deadEnd | dead: nothing reads it, and main is the output of the network. Connect or remove it.",
    ]);
    expect(design.network.outputs).toEqual(["main", "auxiliary"]);
  });
});

describe("blocks", () => {
  test("ids, children and parents; the index of a copy only where there are several", () => {
    const { network } = designOf({
      image,
      one: { type: "residualBlock", from: "image", filters: 3 },
      stage: {
        type: "residualBlock",
        from: "one",
        filters: 6,
        squeezeRatio: 2,
        strides: 2,
        repeat: 2,
      },
    });
    expect(network.byId.has("one/conv1")).toBe(true);
    expect(network.outputOf.get("stage")).toBe("stage/2/relu");
    expect(
      network.blocks.map(({ id, parent, repeat, output }) => [id, parent, repeat, output]),
    ).toEqual([
      ["one", undefined, 1, "one/relu"],
      ["stage/1/se", "stage", 1, "stage/1/se/scale"],
      ["stage/2/se", "stage", 1, "stage/2/se/scale"],
      ["stage", undefined, 2, "stage/2/relu"],
    ]);
    const stage = network.blocks.at(-1);
    expect(stage?.children).toContain("stage/1/se");
    expect(stage?.children).toContain("stage/1/projection");
    expect(stage?.children).not.toContain("stage/2/projection");
  });

  test("nothing inside of a frozen block is trained, in every copy", () => {
    const stage = { type: "denseBlock", from: "image", layers: 2, growthRate: 2, repeat: 2 };
    const frozen = designOf({ image, stage: { ...stage, trainable: false }, next: conv("stage") });
    const trained = designOf({ image, stage, next: conv("stage") });
    expect(problemsOf(frozen)).toEqual([]);
    const { total } = trained.analysis.nodes.get("stage")!.parameters;
    expect(frozen.analysis.nodes.get("stage")?.parameters).toEqual({
      total,
      trainable: 0,
      nonTrainable: total,
    });
    const options = frozen.network.layers.flatMap(({ node, options: read }) =>
      node === "stage" && "trainable" in read ? [read.trainable] : [],
    );
    expect(new Set(options)).toEqual(new Set([false]));
    expect(frozen.analysis.nodes.get("next")).toEqual(trained.analysis.nodes.get("next"));
  });

  test("only the first copy takes the step", () => {
    const { analysis } = designOf({
      image: { type: "input", shape: [32, 32, 3] },
      stage: { type: "residualBlock", from: "image", filters: 6, strides: 2, repeat: 3 },
    });
    expect(analysis.nodes.get("stage")?.outputShape).toEqual([16, 16, 6]);
  });

  test("the subtotal of a block is the sum of its layers, and expansion is deterministic", () => {
    const nodes = {
      image,
      a: { type: "denseBlock", from: "image", layers: 4, growthRate: 3 },
      b: { type: "inceptionBlock", from: "a", branch1x1: 3, reduce3x3: 2, branch3x3: 4 },
    };
    const first = designOf(nodes);
    expect(designOf(nodes).network).toEqual(first.network);
    for (const [id, node] of first.analysis.nodes) {
      const inside = first.analysis.layers.filter((layer) => layer.node === id);
      expect(node.layerCount).toBe(inside.length);
      expect(node.parameters.total).toBe(
        inside.reduce((sum, layer) => sum + layer.parameters.total, 0),
      );
      expect(node.macs).toBe(inside.reduce((sum, layer) => sum + layer.macs, 0));
    }
  });

  test("an input stands alone", () => {
    expect(problemsOf(designOf({ image: { ...image, repeat: 2 }, c: conv("image") }))).toEqual([
      "invalidOption | image: an input cannot repeat, for the next copy would have nothing to read.",
    ]);
  });

  test("layers may repeat, too", () => {
    const { network, analysis } = designOf({ image, c: conv("image", { repeat: 3 }) });
    expect(network.layers.map(({ id }) => id)).toEqual(["image", "c/1", "c/2", "c/3"]);
    expect(analysis.totals.parameters.total).toBe(112 + 148 + 148);
  });
});

describe("blocks of the file", () => {
  const blocks = {
    mine: {
      parameters: { k: 2, wide: "4*k", function: "relu" },
      inputs: ["x", "y"],
      nodes: {
        a: {
          type: "conv2d",
          from: "x",
          filters: "wide",
          kernelSize: ["k", 1],
          activation: "function",
        },
        b: { type: "conv2d", from: "y", filters: "wide", kernelSize: ["k", 1] },
        sum: { type: "add", from: ["a", "b"] },
      },
      output: "sum",
    },
    outer: {
      parameters: { n: 3 },
      inputs: ["x"],
      nodes: { inner: { type: "mine", from: ["x", "x"], k: "n // 2 + 1" } },
      output: "inner",
    },
  };

  test.each([
    ["as given", {}, { trainable: false }, [false, false]],
    ["not where it is on", {}, { trainable: true }, [false, true]],
    ["by default, where a parameter says so", { trainable: false }, {}, [false, false]],
    [
      "not by a parameter that is given otherwise",
      { trainable: false },
      { trainable: true },
      [false, true],
    ],
    ["by a parameter for a part", { isTrained: true }, {}, [true, true]],
  ])("frozen with all that is inside, %s", (_, parameters, given, expected) => {
    const part = { ...conv("x"), type: "convBlock", normalization: false };
    const isTrained = "isTrained" in parameters ? "isTrained" : false;
    const nodes = {
      a: { ...part, trainable: isTrained },
      b: conv("a", { trainable: true }),
    };
    const { network, analysis } = designOf(
      { image, one: { type: "own", from: "image", ...given } },
      { blocks: { own: { parameters, inputs: ["x"], nodes, output: "b" } } },
    );
    expect(analysis.problems).toEqual([]);
    const trainable = (id: string) => network.byId.get(id)?.inference?.weights[0]?.trainable;
    expect([trainable("one/a/conv"), trainable("one/b")]).toEqual(expected);
  });

  test("what is neither true nor false cannot freeze a block", () => {
    const design = designOf(
      { image, one: { type: "own", from: "image", trainable: 0 } },
      { blocks: { own: { inputs: ["x"], nodes: { a: conv("x") }, output: "a" } } },
    );
    expect(problemsOf(design)).toEqual([
      "invalidOption | one: trainable must be true or false, not 0.",
    ]);
    expect(pointedAt(design, "invalidOption")).toBe("0");
  });

  test("parameters, expressions, nesting and repeat", () => {
    const { network, analysis } = designOf(
      { image, one: { type: "outer", from: "image", n: 5, repeat: 2 } },
      { blocks },
    );
    expect(analysis.problems).toEqual([]);
    expect(network.layers.map(({ id }) => id)).toEqual([
      "image",
      "one/1/inner/a",
      "one/1/inner/b",
      "one/1/inner/sum",
      "one/2/inner/a",
      "one/2/inner/b",
      "one/2/inner/sum",
    ]);
    expect(network.byId.get("one/1/inner/a")?.options).toMatchObject({
      filters: 12,
      kernelSize: [3, 1],
      activation: "relu",
    });
  });

  test("the number of copies may be an expression", () => {
    const stack = {
      parameters: { depth: 6 },
      inputs: ["x"],
      nodes: { unit: { type: "activation", from: "x", repeat: "(depth - 2) / 2" } },
      output: "unit",
    };
    const layersOf = (depth: number) =>
      designOf({ image, one: { type: "stack", from: "image", depth } }, { blocks: { stack } });
    expect(layersOf(10).network.layers.map(({ id }) => id)).toEqual([
      "image",
      ...[1, 2, 3, 4].map((copy) => `one/unit/${copy}`),
    ]);
    expect(problemsOf(layersOf(7))).toEqual([
      "invalidOption | one/unit: repeat must be a whole number from 1 to 1,000, not 2.5.",
    ]);
  });

  test("what is wrong inside points into the block", () => {
    const design = designOf(
      { image, one: { type: "mine", from: ["image", "image"], k: 0, quality: 1 } },
      { blocks },
    );
    expect(problemsOf(design)).toEqual([
      "invalidOption | one/a: filters must be a whole number from 1 to 1,000,000, not 0.",
      "invalidOption | one/a: kernelSize must be a whole number from 1 to 1,000,000 or a pair [height, width] of them, not [0,1].",
      "invalidOption | one/b: filters must be a whole number from 1 to 1,000,000, not 0.",
      "invalidOption | one/b: kernelSize must be a whole number from 1 to 1,000,000 or a pair [height, width] of them, not [0,1].",
      'unknownOption | one: "quality" is not a parameter of the block "mine". It has k, wide and function.',
    ]);
    expect(pointedAt(design, "invalidOption")).toBe('"wide"');
  });

  test("a block inside itself is refused", () => {
    const self = (inner: string) => ({
      inputs: ["x"],
      nodes: { inner: { type: inner, from: "x" } },
      output: "inner",
    });
    const design = designOf(
      { image, one: { type: "a", from: "image" } },
      { blocks: { a: self("b"), b: self("a") } },
    );
    expect(problemsOf(design)[0]).toBe(
      'cycle | one/inner/inner: the block "a" contains itself: a → b → a.',
    );
  });

  test("blocks that double at every depth are refused before they fill the memory", () => {
    const double = (inner: string) => ({
      inputs: ["x"],
      nodes: { first: { type: inner, from: "x" }, second: { type: inner, from: "first" } },
      output: "second",
    });
    const depth = 30;
    const nested = Object.fromEntries(
      Array.from({ length: depth }, (_, index) => [
        `b${index}`,
        double(index === 0 ? "activation" : `b${index - 1}`),
      ]),
    );
    const { network, analysis } = designOf(
      { image, one: { type: `b${depth - 1}`, from: "image" } },
      { blocks: nested },
    );
    expect(analysis.problems.map(({ code }) => code)).toContain("tooLarge");
    expect(network.layers.length).toBeLessThanOrEqual(MOST_LAYERS);
  });

  test("numbers that cannot be counted exactly are refused", () => {
    const design = designOf({
      image: { type: "input", shape: [1_000_000, 1_000_000, 1000] },
      a: conv("image", { filters: 1_000_000 }),
    });
    expect(problemsOf(design)).toEqual([
      "tooLarge | a: with an output of 1000000 × 1000000 × 1000000 its numbers go beyond what can be counted; make it smaller.",
    ]);
  });

  test.each([0, -1, 2.5, 1e9, "many", null])("a size of %s is refused at its place", (filters) => {
    const design = designOf({ image, a: conv("image", { filters }) });
    expect(pointedAt(design, "invalidOption")).toBe(JSON.stringify(filters));
  });

  test("copies beyond the limit are refused at once", () => {
    const design = designOf({
      image,
      a: { type: "denseBlock", from: "image", layers: 1000, growthRate: 1, repeat: 1000 },
      b: { type: "activation", from: "image" },
    });
    expect(problemsOf(design)[0]).toBe(
      "tooLarge | a: with it the network would have more than 20,000 layers; repeat less.",
    );
    expect(design.analysis.nodes.get("b")?.status).toBe("exact");
  });
});
