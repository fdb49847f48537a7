// One network on the graphics adapter: prints a line of JSON. measure.ts NETWORK
import { sizeOf } from "../../src/core/layers/shape.ts";
import { defaultOptimizerRecipe } from "../../src/core/design/parseTraining.ts";
import { defaultWebgpuDirectory } from "../../src/native/webgpuPackage.ts";
import { WebgpuEngine } from "../../src/trainer/engines/webgpu/webgpuEngine.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import { initialWeights } from "../../src/trainer/initialize.ts";
import { randomFrom } from "../../src/trainer/random.ts";
import { batchSize, stepSpeed } from "../training/measure.ts";
import { describe, type NetworkName, networkOf } from "../training/networks.ts";

/** What this prints; the peers are told of the network and print `step` alike. */
export interface GraphicsMeasurement {
  /** Images per second: the median of steps on one batch in memory. */
  readonly step: number;
  readonly engine: string;
  /** The network for the peers, as a line of JSON. */
  readonly description: string;
}

const name = process.argv[2] as NetworkName;
const learningRate = 0.01;
const graph = compile(networkOf(name), {
  optimizer: { ...defaultOptimizerRecipe("sgd"), learningRate, momentum: 0.9 },
  loss: "categoricalCrossentropy",
  labelSmoothing: 0,
  auxiliaryWeight: 0,
  seed: 1,
});
const engine = await WebgpuEngine.start(defaultWebgpuDirectory());
const session = await engine.load(graph);
await session.setWeights(initialWeights(graph.weights, 1));
const random = randomFrom(1);
const images = Float32Array.from({ length: batchSize * sizeOf(graph.inputShape) }, () => random());
const labels = new Float32Array(batchSize * graph.classes);
for (let image = 0; image < batchSize; image += 1) {
  labels[image * graph.classes + (image % graph.classes)] = 1;
}
let step = 0;
const { step: speed } = await stepSpeed(async () => {
  step += 1;
  await session.trainStep({ size: batchSize, images, labels }, { learningRate, step });
});
const measurement: GraphicsMeasurement = {
  step: speed,
  engine: engine.describe().detail,
  description: JSON.stringify(describe(name)),
};
process.stdout.write(`${JSON.stringify(measurement)}\n`);
// Dawn keeps the process alive.
process.exit(0);
