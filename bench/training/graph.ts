import fs from "node:fs";
import { parseDesign } from "../../src/core/design/parse.ts";
import type { TrainingRecipe } from "../../src/core/design/training.ts";
import { expand } from "../../src/core/network/expand.ts";
import type { TrainerEvent } from "../../src/protocol/trainer.ts";
import { loadMnist } from "../../src/trainer/datasets/mnist.ts";
import { TfjsNodeEngine } from "../../src/trainer/engines/tfjsNode/tfjsNodeEngine.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import { initialWeights } from "../../src/trainer/initialize.ts";
import { runLoop } from "../../src/trainer/loop.ts";
import { loadNative } from "./loadNative.ts";
import { batchSize, epochs, report, trainingImages } from "./measurement.ts";

/** Our side: the trainer's own loop, from the file of the example to the last event. */
async function main(designFile: string): Promise<void> {
  const parsed = parseDesign(fs.readFileSync(designFile, "utf8"));
  const written = parsed.design.training;
  if (written === undefined) {
    throw new Error(`${designFile} has no training`);
  }
  const recipe: TrainingRecipe = { ...written, epochs, batchSize, validationSplit: 0 };
  const graph = compile(expand(parsed), recipe);
  const dataset = await loadMnist({
    inputShape: graph.inputShape,
    classes: graph.classes,
    seed: recipe.seed,
  });
  const { tf, version } = loadNative();
  const session = await new TfjsNodeEngine(tf, version).load(graph);
  await session.setWeights(initialWeights(graph.weights, recipe.seed));
  let seconds = 0;
  const finished = await runLoop({
    session,
    dataset,
    recipe,
    stop: new AbortController().signal,
    weightNames: graph.weights.map(({ name }) => name),
    emit(event: TrainerEvent) {
      if (event.type === "epoch") {
        ({ seconds } = event);
      }
    },
  });
  report({
    imagesPerSecond: trainingImages / seconds,
    testAccuracy: finished.testAccuracy ?? 0,
    engine: `tfjs-node ${tf.version_core}, TensorFlow ${version}`,
  });
}

await main(process.argv[2] ?? "");
process.exit(0);
