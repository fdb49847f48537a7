import { beforeAll, describe, expect, it } from "vitest";
import { sizeOf } from "../../src/core/layers/shape.ts";
import type { LayerTime } from "../../src/protocol/trainer.ts";
import type { TrainingEngine } from "../../src/trainer/engines/engine.ts";
import { stretchesOf } from "../../src/trainer/engines/layerTimes.ts";
import { WasmEngine } from "../../src/trainer/engines/wasm/wasmEngine.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import { randomBatch, randomWeights } from "./support/check.ts";
import { loadEngine } from "./support/engine.ts";
import { type Nodes, networkOf, plainRecipe } from "./support/network.ts";

/** `wide` has a thousand times the multiplications of `narrow`, and `gradient` is a layer of the block. */
const nodes: Nodes = {
  image: { type: "input", shape: [16, 16, 2] },
  narrow: { type: "conv2d", filters: 4, kernelSize: 1, strides: 4, activation: "tanh" },
  block: { type: "residualBlock", filters: 4, repeat: 2 },
  wide: { type: "conv2d", filters: 512, kernelSize: 5, padding: "same" },
  drop: { type: "dropout", rate: 0.5 },
  average: { type: "globalAveragePooling2d" },
  output: { type: "dense", units: 3, activation: "softmax" },
};

const compiled = () => compile(networkOf(nodes), plainRecipe);

it("cuts a step where another layer begins, forward in order and backward in reverse", () => {
  const graph = compiled();
  const names = stretchesOf(graph).map(([first]) =>
    first!.name.slice(0, first!.name.lastIndexOf("/")),
  );
  const forward = graph.layers.map((layer) => `training/${layer}`);
  const trained = forward.filter((name) => names.includes(`${name}/gradient`));
  expect(names.filter((name) => name.startsWith("training/"))).toEqual([
    ...forward.filter((name) => names.includes(name)),
    ...trained.toReversed().map((name) => `${name}/gradient`),
  ]);
  expect(trained).toContain("training/block/2/conv1");
});

describe.each(["native", "WASM"])("the times of the layers on the %s engine", (name) => {
  let engine: TrainingEngine;
  beforeAll(() => {
    engine = name === "WASM" ? new WasmEngine({ threads: 2 }) : loadEngine().engine;
  });

  it("changes nothing of what is learnt, and names every layer once", async () => {
    const graph = compiled();
    const batch = randomBatch(sizeOf(graph.inputShape), graph.classes, 4);
    const learnt = async (time: boolean) => {
      const session = await engine.load(graph);
      await session.setWeights(randomWeights(graph.weights));
      const losses: number[] = [];
      let times: readonly string[] | undefined;
      for (const step of [1, 2, 3]) {
        const result = await session.trainStep(batch, { learningRate: 0.1, step, time });
        losses.push(result.loss);
        times = result.times?.map(({ layer }) => layer);
      }
      const weights = await session.getWeights();
      session.dispose();
      return { losses, weights, times };
    };
    const plain = await learnt(false);
    const timed = await learnt(true);
    expect(timed).toEqual({ ...plain, times: graph.layers });
  });

  it("finds the layer that computes a thousand times as much as another", async () => {
    const graph = compiled();
    const batch = randomBatch(sizeOf(graph.inputShape), graph.classes, 32);
    const session = await engine.load(graph);
    await session.setWeights(randomWeights(graph.weights));
    const looks: (readonly LayerTime[])[] = [];
    for (const step of [1, 2, 3, 4, 5]) {
      const options = { learningRate: 0.001, step, time: true };
      looks.push((await session.trainStep(batch, options)).times ?? []);
    }
    session.dispose();
    // The least of several looks, because whatever else the machine does only adds to a time.
    const least = (layer: string, pass: "forward" | "backward") =>
      Math.min(...looks.map((times) => times.find((time) => time.layer === layer)![pass]));
    expect(least("wide", "forward")).toBeGreaterThan(least("narrow", "forward"));
    expect(least("wide", "backward")).toBeGreaterThan(least("narrow", "backward"));
    expect([least("narrow", "forward") >= 0, least("image", "backward")]).toEqual([true, 0]);
  });
});
