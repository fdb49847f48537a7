import { loadNative } from "../training/loadNative.ts";
import { type NetworkId, batches, batchSize, report } from "./networks.ts";

const { tf, version } = loadNative();
const { layers } = tf;

// Its progress bar would cost time.
const quiet = { verbose: 0 } as const;

type Sequential = ReturnType<typeof tf.sequential>;
type Model = ReturnType<typeof tf.model>;
type SymbolicTensor = ReturnType<typeof tf.input>;

const models: Readonly<Record<NetworkId, () => Sequential | Model>> = {
  lenet5: lenet,
  resnet20Projection: resnet20,
};

function lenet(): Sequential {
  const convolution = { kernelSize: 5, activation: "tanh" } as const;
  return tf.sequential({
    layers: [
      layers.conv2d({ ...convolution, inputShape: [28, 28, 1], filters: 6, padding: "same" }),
      layers.averagePooling2d({ poolSize: 2 }),
      layers.conv2d({ ...convolution, filters: 16 }),
      layers.averagePooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 120, activation: "tanh" }),
      layers.dense({ units: 84, activation: "tanh" }),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
  });
}

/** Convolution and batch normalisation. */
function convolve(x: SymbolicTensor, filters: number, kernelSize: number, strides: number) {
  const options = { filters, kernelSize, strides, padding: "same", useBias: false } as const;
  const sums = layers.conv2d(options).apply(x);
  return layers.batchNormalization().apply(sums) as SymbolicTensor;
}

const relu = (x: SymbolicTensor): SymbolicTensor => layers.reLU().apply(x) as SymbolicTensor;

function resnet20(): Model {
  const image = tf.input({ shape: [32, 32, 3] });
  let x = relu(convolve(image, 16, 3, 1));
  for (const filters of [16, 32, 64]) {
    for (let unit = 0; unit < 3; unit += 1) {
      const strides = unit === 0 && filters > 16 ? 2 : 1;
      const long = convolve(relu(convolve(x, filters, 3, strides)), filters, 3, 1);
      const short = strides === 1 ? x : convolve(x, filters, 1, strides);
      x = relu(layers.add().apply([long, short]) as SymbolicTensor);
    }
  }
  const pooled = layers.globalAveragePooling2d({}).apply(x) as SymbolicTensor;
  const scores = layers.dense({ units: 10, activation: "softmax" }).apply(pooled);
  return tf.model({ inputs: image, outputs: scores as SymbolicTensor });
}

/** `model.fit` on tensors in memory; the second of two epochs counts. */
async function main(id: NetworkId): Promise<void> {
  const model = models[id]();
  model.compile({
    optimizer: tf.train.momentum(0.01, 0.9),
    loss: "categoricalCrossentropy",
    metrics: ["accuracy"],
  });
  const count = batchSize * batches[id];
  const shape = model.inputs[0]?.shape.slice(1) as number[];
  const x = tf.randomUniform([count, ...shape]);
  const y = tf.oneHot(tf.range(0, count, 1, "int32").mod(tf.scalar(10, "int32")), 10);
  let begin = 0;
  let seconds = 0;
  await model.fit(x, y, {
    batchSize,
    epochs: 2,
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
  report({
    imagesPerSecond: count / seconds,
    engine: `tfjs-node ${tf.version_core}, TensorFlow ${version}`,
  });
}

await main(process.argv[2] as NetworkId);
process.exit(0);
