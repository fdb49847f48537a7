import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sizeOf } from "../../src/core/layers/shape.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import { rules } from "../../src/trainer/graph/rules/rules.ts";
import {
  differenceErrors,
  randomBatch,
  randomWeights,
  relativeError,
  tolerance,
} from "./support/check.ts";
import { eagerGradients, eagerLoss } from "./support/eager.ts";
import { loadEngine } from "./support/engine.ts";
import { gradientCases, nodesOf } from "./support/gradientCases.ts";
import { networkOf, plainRecipe } from "./support/network.ts";

type Loaded = ReturnType<typeof loadEngine>;

describe("gradients on the native engine", () => {
  let loaded: Loaded;
  beforeAll(() => {
    loaded = loadEngine();
  });
  afterAll(() => {
    expect(loaded.tf.node.getNumOfSavedModels()).toBe(0);
    expect(loaded.tf.memory().numTensors).toBe(0);
  });

  it.each(gradientCases)("$name", async (one) => {
    const { tf, engine } = loaded;
    const network = networkOf(nodesOf(one));
    const graph = compile(network, plainRecipe);
    const batch = randomBatch(sizeOf(graph.inputShape), graph.classes, 4);
    const weights = randomWeights(graph.weights);
    const session = await engine.load(graph);
    const errors = await differenceErrors(session, graph.weights, weights, batch);
    const result = await session.gradients(batch, 1);
    session.dispose();
    for (const [name, error] of Object.entries(errors)) {
      expect(error, `finite differences of ${name}`).toBeLessThan(tolerance);
    }
    expect(Object.keys(errors)).toEqual(
      graph.weights.filter(({ weight }) => weight.trainable).map(({ name }) => name),
    );
    if (one.notEager === "random") return;
    const given = [network, graph.weights, weights, batch] as const;
    if (one.notEager === "noGradient") {
      expect(result.loss).toBeCloseTo(eagerLoss(tf, ...given), 4);
      return;
    }
    const eager = eagerGradients(tf, ...given);
    expect(result.loss).toBeCloseTo(eager.loss, 4);
    for (const [index, gradient] of eager.gradients.entries()) {
      if (gradient === undefined) continue;
      expect(
        relativeError(result.gradients[index]!, gradient),
        `TensorFlow.js's gradient of ${graph.weights[index]!.name}`,
      ).toBeLessThan(2e-4);
    }
  });

  it("has a case for every layer that can be trained", () => {
    const covered = new Set(
      gradientCases.flatMap((one) => Object.values(nodesOf(one)).map(({ type }) => type)),
    );
    const trainable = Object.entries(rules).flatMap(([type, rule]) =>
      "untrainable" in rule ? [] : [type],
    );
    expect(trainable.filter((type) => !covered.has(type))).toEqual([]);
  });
});
