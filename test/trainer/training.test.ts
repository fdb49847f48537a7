import { defaultOptimizerRecipe } from "../../src/core/design/parseTraining.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OptimizerRecipe } from "../../src/core/design/training.ts";
import { sizeOf } from "../../src/core/layers/shape.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import { initialWeights } from "../../src/trainer/initialize.ts";
import type { EngineSession } from "../../src/trainer/engines/engine.ts";
import { randomBatch, relativeError } from "./support/check.ts";
import { loadEngine } from "./support/engine.ts";
import { type Nodes, networkOf, plainRecipe } from "./support/network.ts";

type Loaded = ReturnType<typeof loadEngine>;
type Tfjs = Loaded["tf"];

const steps = 20;

const lenetNodes: Nodes = {
  image: { type: "input", shape: [28, 28, 1] },
  c1: { type: "conv2d", filters: 6, kernelSize: 5, padding: "same", activation: "tanh" },
  s2: { type: "averagePooling2d", poolSize: 2 },
  c3: { type: "conv2d", filters: 16, kernelSize: 5, activation: "tanh" },
  s4: { type: "averagePooling2d", poolSize: 2 },
  flatten: { type: "flatten" },
  c5: { type: "dense", units: 120, activation: "tanh" },
  output: { type: "dense", units: 10, activation: "softmax" },
};

/** The same network in the layers of TensorFlow.js. */
function lenetLayers(tf: Tfjs) {
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [28, 28, 1],
        filters: 6,
        kernelSize: 5,
        padding: "same",
        activation: "tanh",
      }),
      tf.layers.averagePooling2d({ poolSize: 2 }),
      tf.layers.conv2d({ filters: 16, kernelSize: 5, activation: "tanh" }),
      tf.layers.averagePooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 120, activation: "tanh" }),
      tf.layers.dense({ units: 10, activation: "softmax" }),
    ],
  });
}

const normalizedNodes: Nodes = {
  image: { type: "input", shape: [12, 12, 3] },
  c1: { type: "conv2d", filters: 8, kernelSize: 3, padding: "same", useBias: false },
  n1: { type: "batchNormalization", momentum: 0.9 },
  a1: { type: "activation", activation: "tanh" },
  c2: { type: "conv2d", filters: 12, kernelSize: 3, strides: 2, padding: "same", useBias: false },
  n2: { type: "batchNormalization" },
  a2: { type: "activation", activation: "tanh" },
  pool: { type: "globalAveragePooling2d" },
  output: { type: "dense", units: 5, activation: "softmax" },
};

function normalizedLayers(tf: Tfjs) {
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [12, 12, 3],
        filters: 8,
        kernelSize: 3,
        padding: "same",
        useBias: false,
      }),
      tf.layers.batchNormalization({ momentum: 0.9 }),
      tf.layers.activation({ activation: "tanh" }),
      tf.layers.conv2d({
        filters: 12,
        kernelSize: 3,
        strides: 2,
        padding: "same",
        useBias: false,
      }),
      tf.layers.batchNormalization(),
      tf.layers.activation({ activation: "tanh" }),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 5, activation: "softmax" }),
    ],
  });
}

const sgd = (momentum: number, nesterov = false): OptimizerRecipe => ({
  ...defaultOptimizerRecipe("sgd"),
  learningRate: 0.05,
  momentum,
  nesterov,
});
// TensorFlow.js adds epsilon in another place; without it, both are the same.
const adam: OptimizerRecipe = {
  ...defaultOptimizerRecipe("adam"),
  learningRate: 0.002,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-20,
};

const optimizers = [
  { name: "SGD", recipe: sgd(0), make: (tf: Tfjs) => tf.train.sgd(0.05) },
  { name: "momentum", recipe: sgd(0.9), make: (tf: Tfjs) => tf.train.momentum(0.05, 0.9) },
  {
    name: "Nesterov",
    recipe: sgd(0.9, true),
    make: (tf: Tfjs) => tf.train.momentum(0.05, 0.9, true),
  },
  { name: "Adam", recipe: adam, make: (tf: Tfjs) => tf.train.adam(0.002, 0.9, 0.999, 1e-20) },
];

const networks = [
  { network: "LeNet", nodes: lenetNodes, layers: lenetLayers },
  { network: "batch normalisation", nodes: normalizedNodes, layers: normalizedLayers },
];

const cases = networks.flatMap((network) =>
  optimizers.map((optimizer) => ({ ...network, ...optimizer })),
);

describe("training on the native engine", () => {
  let loaded: Loaded;
  beforeAll(() => {
    loaded = loadEngine();
  });
  afterAll(() => {
    expect(loaded.tf.node.getNumOfSavedModels()).toBe(0);
  });

  it.each(cases)(
    "$network with $name: losses, weights and evaluation as TensorFlow.js",
    async ({ nodes, layers, recipe, make }) => {
      const { tf, engine } = loaded;
      const graph = compile(networkOf(nodes), { ...plainRecipe, optimizer: recipe });
      const batch = randomBatch(sizeOf(graph.inputShape), graph.classes, 32);
      const weights = initialWeights(graph.weights, 3);
      const session = await engine.load(graph);
      await session.setWeights(weights);

      const model = layers(tf);
      const order = model.layers.flatMap((layer) => layer.weights);
      expect(order.map(({ shape }) => shape)).toEqual(graph.weights.map(({ shape }) => shape));
      for (const [index, weight] of order.entries()) {
        weight.write(tf.tensor(weights[index]!, graph.weights[index]!.shape.slice()));
      }
      model.compile({
        optimizer: make(tf),
        loss: "categoricalCrossentropy",
        metrics: ["accuracy"],
      });
      const x = tf.tensor(batch.images, [batch.size, ...graph.inputShape]);
      const y = tf.tensor(batch.labels, [batch.size, graph.classes]);

      const losses: { readonly ours: number; readonly theirs: number }[] = [];
      for (let step = 1; step <= steps; step += 1) {
        const { loss } = await session.trainStep(batch, { ...recipe, step });
        const [theirs] = (await model.trainOnBatch(x, y)) as number[];
        losses.push({ ours: loss, theirs: theirs! });
      }
      for (const [step, { ours, theirs }] of losses.entries()) {
        expect(ours, `loss of step ${step + 1}`).toBeCloseTo(theirs, 3);
      }
      expect(losses.at(-1)!.ours).toBeLessThan(losses[0]!.ours);
      const after = await session.getWeights();
      for (const [index, weight] of order.entries()) {
        const theirs = weight.read().dataSync<"float32">();
        const { name } = graph.weights[index]!;
        expect(relativeError(after[index]!, theirs), `weight ${name}`).toBeLessThan(2e-3);
      }
      const evaluated = await session.evaluate(batch);
      const [loss, accuracy] = model.evaluate(x, y, { batchSize: batch.size }) as [
        ReturnType<Tfjs["scalar"]>,
        ReturnType<Tfjs["scalar"]>,
      ];
      expect(evaluated.loss).toBeCloseTo(loss.dataSync()[0]!, 3);
      expect(evaluated.accuracy).toBeCloseTo(accuracy.dataSync()[0]!, 5);
      const scores = await session.predict(batch.images, batch.size);
      const theirs = (model.predict(x) as ReturnType<Tfjs["tensor"]>).dataSync<"float32">();
      expect(relativeError(scores, theirs)).toBeLessThan(2e-3);
      session.dispose();
      model.dispose();
    },
  );

  it("updates with Adam as Keras defines it, epsilon before the bias correction", async () => {
    const recipe = {
      ...defaultOptimizerRecipe("adam"),
      learningRate: 0.01,
      beta1: 0.8,
      beta2: 0.95,
      epsilon: 0.05,
    } as const;
    const { session, weights, batch } = await softmaxSession(loaded, recipe);
    const expected = weights.map((values) => Float64Array.from(values));
    const means = weights.map(({ length }) => new Float64Array(length));
    const variances = weights.map(({ length }) => new Float64Array(length));
    for (let step = 1; step <= 10; step += 1) {
      const { gradients } = await session.gradients(batch, step);
      const { learningRate, beta1, beta2, epsilon } = recipe;
      const rate = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
      for (const [index, gradient] of gradients.entries()) {
        for (const [at, slope] of gradient!.entries()) {
          means[index]![at] = beta1 * means[index]![at]! + (1 - beta1) * slope;
          variances[index]![at] = beta2 * variances[index]![at]! + (1 - beta2) * slope * slope;
          const divisor = Math.sqrt(variances[index]![at]) + epsilon;
          expected[index]![at]! -= (rate * means[index]![at]) / divisor;
        }
      }
      await session.trainStep(batch, { learningRate, step });
    }
    const after = await session.getWeights();
    for (const [index, values] of expected.entries()) {
      expect(relativeError(after[index]!, Float32Array.from(values))).toBeLessThan(1e-5);
    }
    session.dispose();
  });

  it("goes on from weights and optimiser state as if it had not stopped", async () => {
    const { session, weights, batch, graph } = await softmaxSession(loaded, adam);
    const advance = async (on: EngineSession, from: number, to: number): Promise<void> => {
      for (let step = from; step <= to; step += 1) {
        await on.trainStep(batch, { learningRate: 0.01, step });
      }
    };
    await advance(session, 1, 5);
    const [saved, slots] = [await session.getWeights(), await session.getSlots()];
    await advance(session, 6, 10);
    const second = await loaded.engine.load(graph);
    await second.setWeights(saved);
    await second.setSlots(slots);
    await advance(second, 6, 10);
    const [straight, resumed] = [await session.getWeights(), await second.getWeights()];
    for (const [index, values] of straight.entries()) {
      expect(relativeError(resumed[index]!, values)).toBeLessThan(1e-6);
    }
    // What was given to the session is the caller's: training does not write into it.
    expect(saved).not.toEqual(straight);
    expect(weights).toEqual(initialWeights(graph.weights, 5));
    session.dispose();
    second.dispose();
  });

  it("takes batches of any size without another graph, and means count every image once", async () => {
    const { session, batch, graph } = await softmaxSession(loaded, sgd(0));
    const inputs = sizeOf(graph.inputShape);
    const part = (from: number, size: number) => ({
      size,
      images: batch.images.subarray(from * inputs, (from + size) * inputs),
      labels: batch.labels.subarray(from * graph.classes, (from + size) * graph.classes),
    });
    const all = await session.evaluate(part(0, 9));
    const [head, tail] = [await session.evaluate(part(0, 8)), await session.evaluate(part(8, 1))];
    expect((8 * head.loss + tail.loss) / 9).toBeCloseTo(all.loss, 5);
    expect((8 * head.accuracy + tail.accuracy) / 9).toBeCloseTo(all.accuracy, 6);
    session.dispose();
  });

  it("draws another dropout mask at every step, and the same one for the same step and seed", async () => {
    const nodes: Nodes = {
      image: { type: "input", shape: [8, 8, 2] },
      flat: { type: "flatten" },
      drop: { type: "dropout", rate: 0.25 },
      output: { type: "dense", units: 3, activation: "softmax" },
    };
    const lossesOf = async (seed: number): Promise<readonly number[]> => {
      const graph = compile(networkOf(nodes), { ...plainRecipe, seed });
      const session = await loaded.engine.load(graph);
      await session.setWeights(initialWeights(graph.weights, 1));
      const batch = randomBatch(sizeOf(graph.inputShape), graph.classes, 16);
      const losses = [];
      for (const step of [1, 2, 1]) losses.push((await session.gradients(batch, step)).loss);
      session.dispose();
      return losses;
    };
    const [first, second, again] = await lossesOf(1);
    expect(again).toBe(first);
    expect(second).not.toBe(first);
    expect((await lossesOf(1))[0]).toBe(first);
    expect((await lossesOf(2))[0]).not.toBe(first);
  });

  it("trains on the mean squared error as TensorFlow.js", async () => {
    const { tf, engine } = loaded;
    const graph = compile(
      networkOf({
        image: { type: "input", shape: [6] },
        output: { type: "dense", units: 4, activation: "sigmoid" },
      }),
      { ...plainRecipe, loss: "meanSquaredError" },
    );
    const batch = randomBatch(6, 4, 8);
    const weights = initialWeights(graph.weights, 2);
    const session = await engine.load(graph);
    await session.setWeights(weights);
    const result = await session.gradients(batch, 1);
    session.dispose();
    tf.tidy(() => {
      const { value, grads } = tf.valueAndGrads((...[kernel, bias]) =>
        tf.losses.meanSquaredError(
          tf.tensor2d(batch.labels, [8, 4]),
          tf.sigmoid(tf.add(tf.matMul(tf.tensor2d(batch.images, [8, 6]), kernel as never), bias!)),
        ),
      )([tf.tensor2d(weights[0]!, [6, 4]), tf.tensor1d(weights[1]!)]);
      expect(result.loss).toBeCloseTo(value.dataSync()[0]!, 5);
      for (const [index, gradient] of grads.entries()) {
        expect(
          relativeError(result.gradients[index]!, gradient.dataSync<"float32">()),
        ).toBeLessThan(1e-4);
      }
    });
  });

  it("says in TensorFlow's words what cannot be run, and goes on afterwards", async () => {
    const { session, batch } = await softmaxSession(loaded, sgd(0));
    await expect(session.evaluate({ ...batch, labels: batch.labels.slice(3) })).rejects.toThrow(
      /shape/u,
    );
    await expect(session.setWeights([new Float32Array(1)])).rejects.toThrow(
      /output\/kernel needs/u,
    );
    await expect(session.evaluate(batch)).resolves.toMatchObject({ accuracy: expect.any(Number) });
    session.dispose();
  });

  it("does not grow over hundreds of steps", async () => {
    const { session, batch } = await softmaxSession(loaded, adam);
    const before = loaded.tf.memory().numTensors;
    for (let step = 1; step <= 300; step += 1) {
      await session.trainStep(batch, { learningRate: 0.001, step });
    }
    expect(loaded.tf.memory().numTensors).toBe(before);
    session.dispose();
  });
});

async function softmaxSession({ engine }: Loaded, optimizer: OptimizerRecipe) {
  const network = networkOf({
    image: { type: "input", shape: [6, 6, 1] },
    flat: { type: "flatten" },
    output: { type: "dense", units: 3, activation: "softmax" },
  });
  const graph = compile(network, { ...plainRecipe, optimizer });
  const session = await engine.load(graph);
  const weights = initialWeights(graph.weights, 5);
  await session.setWeights(weights);
  return { session, graph, weights, batch: randomBatch(36, 3, 12) };
}
