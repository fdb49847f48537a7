import { loadMnist } from "../../src/trainer/datasets/mnist.ts";
import type { Examples } from "../../src/trainer/datasets/dataset.ts";
import { loadNative } from "./loadNative.ts";
import { batchSize, epochs, report, trainingImages } from "./measurement.ts";

const { tf, version } = loadNative();

// Its progress bar would cost time.
const quiet = { verbose: 0 } as const;

/** Their side: the same LeNet-5 as tf.layers, trained by `model.fit` on tensors in memory. */
async function main(): Promise<void> {
  const model = lenet();
  model.compile({
    optimizer: tf.train.adam(0.001),
    loss: "categoricalCrossentropy",
    metrics: ["accuracy"],
  });
  const dataset = await loadMnist({ inputShape: [28, 28, 1], classes: 10, seed: 1 });
  const training = tensorsOf(dataset.training);
  let begin = 0;
  let seconds = 0;
  await model.fit(training.x, training.y, {
    batchSize,
    epochs,
    shuffle: true,
    ...quiet,
    callbacks: {
      onEpochBegin: () => {
        begin = performance.now();
      },
      onEpochEnd: () => {
        seconds = (performance.now() - begin) / 1000;
      },
    },
  });
  const test = tensorsOf(dataset.test);
  const [, accuracy] = model.evaluate(test.x, test.y, { batchSize }) as ReturnType<
    typeof tf.scalar
  >[];
  report({
    imagesPerSecond: trainingImages / seconds,
    testAccuracy: accuracy?.dataSync()[0] ?? 0,
    engine: `tfjs-node ${tf.version_core}, TensorFlow ${version}`,
  });
}

function lenet(): ReturnType<typeof tf.sequential> {
  const { layers } = tf;
  return tf.sequential({
    layers: [
      layers.conv2d({
        inputShape: [28, 28, 1],
        filters: 6,
        kernelSize: 5,
        padding: "same",
        activation: "tanh",
      }),
      layers.averagePooling2d({ poolSize: 2 }),
      layers.conv2d({ filters: 16, kernelSize: 5, activation: "tanh" }),
      layers.averagePooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 120, activation: "tanh" }),
      layers.dense({ units: 84, activation: "tanh" }),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
  });
}

function tensorsOf(examples: Examples): {
  readonly x: ReturnType<typeof tf.tensor>;
  readonly y: ReturnType<typeof tf.tensor>;
} {
  const images = new Float32Array(examples.count * 784);
  const labels = new Float32Array(examples.count * 10);
  for (let index = 0; index < examples.count; index += 1) {
    examples.write(index, images, labels, index);
  }
  return {
    x: tf.tensor(images, [examples.count, 28, 28, 1]),
    y: tf.tensor(labels, [examples.count, 10]),
  };
}

await main();
process.exit(0);
