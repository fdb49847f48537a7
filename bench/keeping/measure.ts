import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { analyzeText } from "../../src/core/analysis/analyze.ts";
import type { TrainerEvent } from "../../src/protocol/trainer.ts";
import { defaultCheckpointSeconds } from "../../src/protocol/trainer.ts";
import { loadMnist } from "../../src/trainer/datasets/mnist.ts";
import type { TrainingEngine } from "../../src/trainer/engines/engine.ts";
import { TfjsNodeEngine } from "../../src/trainer/engines/tfjsNode/tfjsNodeEngine.ts";
import { WasmEngine } from "../../src/trainer/engines/wasm/wasmEngine.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import { initialWeights } from "../../src/trainer/initialize.ts";
import { KeepClock } from "../../src/trainer/keepClock.ts";
import { type Keeper, runLoop } from "../../src/trainer/loop.ts";
import { newRunRecord } from "../../src/trainer/newRunRecord.ts";
import { RunFolder } from "../../src/trainer/runFolder.ts";
import { RunKeeper } from "../../src/trainer/runKeeper.ts";
import { loadNative } from "../training/loadNative.ts";

/** What keeping a run took. */
export interface KeepingCost {
  readonly engine: string;
  readonly seconds: number;
  /** Of these: metrics, event files, state, and checkpoints. */
  readonly keepingSeconds: number;
  readonly points: number;
}

function engineOf(name: string): TrainingEngine {
  if (name === "wasm") return new WasmEngine();
  const { tf, version } = loadNative();
  return new TfjsNodeEngine(tf, version);
}

async function main(file: string, name: string): Promise<KeepingCost> {
  const { parsed, network } = analyzeText(fs.readFileSync(file, "utf8"));
  const written = parsed.design.training;
  if (written === undefined) throw new Error(`${file} has no recipe`);
  const recipe = { ...written, epochs: 3 };
  const graph = compile(network, recipe);
  const { inputShape, classes } = graph;
  const dataset = await loadMnist({ inputShape, classes, seed: recipe.seed });
  const engine = engineOf(name);
  const session = await engine.load(graph);
  await session.setWeights(initialWeights(graph.weights, recipe.seed));
  const parent = fs.mkdtempSync(path.join(os.tmpdir(), "keeping-"));
  const directory = path.join(parent, "run");
  const record = newRunRecord({
    directory,
    name: "keeping",
    designFile: undefined,
    recipe,
    engine: engine.describe(),
    normalization: dataset.normalization,
  });
  const folder = RunFolder.create(directory, "{}", record);
  let keeping = 0;
  let points = 0;
  const timed = async (act: () => Promise<void> | void): Promise<void> => {
    const start = performance.now();
    await act();
    keeping += (performance.now() - start) / 1000;
  };
  const emit = (event: TrainerEvent): void => {
    if (event.type === "progress") points += event.points.length;
    const start = performance.now();
    folder.record(event);
    // What the message to the editor costs on this side.
    JSON.stringify(event);
    keeping += (performance.now() - start) / 1000;
  };
  const clock = new KeepClock(defaultCheckpointSeconds);
  const inner = new RunKeeper({
    folder,
    graph,
    session,
    clock,
    emit,
    best: undefined,
    monitor: undefined,
  });
  const keeper: Keeper = {
    isDue: () => inner.isDue(),
    keep: (kept) => timed(() => inner.keep(kept)),
    keepEpoch: (kept, result) => timed(() => inner.keepEpoch(kept, result)),
  };
  const start = performance.now();
  await runLoop({
    session,
    dataset,
    recipe,
    stop: new AbortController().signal,
    emit,
    keeper,
    weightNames: graph.weights.map((weight) => weight.name),
  });
  const seconds = (performance.now() - start) / 1000;
  fs.rmSync(parent, { recursive: true });
  return { engine: engine.describe().name, seconds, keepingSeconds: keeping, points };
}

const [file = "", engine = ""] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await main(file, engine))}\n`);
process.exit(0);
