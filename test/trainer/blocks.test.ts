import { beforeAll, describe, expect, it } from "vitest";
import { parseDesign } from "../../src/core/design/parse.ts";
import { sizeOf } from "../../src/core/layers/shape.ts";
import { expand } from "../../src/core/network/expand.ts";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import { NotTrainableError } from "../../src/trainer/graph/notTrainableError.ts";
import { randomBatch, randomWeights, relativeError } from "./support/check.ts";
import { eagerGradients } from "./support/eager.ts";
import { loadEngine } from "./support/engine.ts";
import { type Nodes, networkOf, plainRecipe } from "./support/network.ts";

describe("published networks", () => {
  // Compiling checks that the graph makes of every layer the shape that was drawn and counted.
  it.each(zoo)("$name compiles, or says why not", (published) => {
    const network = expand(parseDesign(zooText(published)));
    try {
      const graph = compile(network, plainRecipe);
      const weights = network.layers.flatMap(({ inference }) => inference?.weights ?? []);
      expect(graph.weights.map(({ weight }) => weight)).toEqual(weights);
    } catch (error) {
      expect(error).toBeInstanceOf(NotTrainableError);
      expect((error as Error).message).toMatch(
        /exactly one output|one value a class|smallest wins/u,
      );
    }
  });
});

const cases: Readonly<Record<string, Nodes>> = {
  "residual, projection and zero channels": {
    // With few channels oneDNN has the gradient of the projection wrong, and TensorFlow.js with it.
    stem: { type: "conv2d", filters: 16, kernelSize: 1 },
    one: { type: "residualBlock", filters: 16, strides: 2 },
    two: { type: "residualBlock", filters: 24, strides: 2, shortcut: "zeroPadding" },
    three: { type: "residualBlock", filters: 4, bottleneck: true, order: "preActivation" },
  },
  inception: {
    mixed: {
      type: "inceptionBlock",
      branch1x1: 3,
      reduce3x3: 2,
      branch3x3: 4,
      reduce5x5: 2,
      branch5x5: 3,
      poolProjection: 2,
    },
  },
  "dense with a transition": {
    block: { type: "denseBlock", layers: 2, growthRate: 3 },
    transition: { type: "transitionBlock" },
  },
  "fire, squeeze and excitation": {
    fire: { type: "fireBlock", squeeze: 2, expand1x1: 4, expand3x3: 4 },
    excite: { type: "squeezeExciteBlock", filters: 4 },
  },
  "depthwise separable and inverted residual": {
    separable: { type: "depthwiseSeparableBlock", filters: 6, strides: 2 },
    inverted: { type: "invertedResidualBlock", filters: 6, expansion: 2 },
  },
};

describe("blocks train as TensorFlow.js computes them", () => {
  let loaded: ReturnType<typeof loadEngine>;
  beforeAll(() => {
    loaded = loadEngine();
  });

  it.each(Object.entries(cases))("%s", async (_name, nodes) => {
    const network = networkOf({
      image: { type: "input", shape: [8, 8, 3] },
      ...nodes,
      pool: { type: "globalAveragePooling2d" },
      output: { type: "dense", units: 3, activation: "softmax" },
    });
    const graph = compile(network, plainRecipe);
    const batch = randomBatch(sizeOf(graph.inputShape), graph.classes, 6);
    const weights = randomWeights(graph.weights);
    const session = await loaded.engine.load(graph);
    await session.setWeights(weights);
    const ours = await session.gradients(batch, 1);
    session.dispose();
    const theirs = eagerGradients(loaded.tf, network, graph.weights, weights, batch);
    expect(ours.loss).toBeCloseTo(theirs.loss, 4);
    for (const [index, gradient] of theirs.gradients.entries()) {
      const { name } = graph.weights[index]!;
      expect(ours.gradients[index] === undefined, `${name} is trained`).toBe(
        gradient === undefined,
      );
      if (gradient !== undefined) {
        expect(relativeError(ours.gradients[index]!, gradient), `gradient of ${name}`).toBeLessThan(
          2e-3,
        );
      }
    }
  });
});
