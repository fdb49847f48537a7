import { sizeOf } from "../../src/core/layers/shape.ts";
import { loadNative } from "./loadNative.ts";
import { batchSize, epochImages, report, stepSpeed } from "./measure.ts";
import {
  describe,
  type LayerDescription,
  type NetworkDescription,
  type NetworkName,
} from "./networks.ts";

const { tf, version } = loadNative();
const { layers } = tf;

// Its progress bar would cost time.
const quiet = { verbose: 0 } as const;

type SymbolicTensor = ReturnType<typeof tf.input>;
type Model = ReturnType<typeof tf.model>;

/** The layer of TensorFlow.js for a layer of the design; these networks have no others. */
function layerOf({ id, type, options: given }: LayerDescription) {
  // Options that were read have the types that their layer says.
  const options = given as never;
  switch (type) {
    case "conv2d":
      return layers.conv2d(options);
    case "depthwiseConv2d":
      return layers.depthwiseConv2d(options);
    case "batchNormalization":
      return layers.batchNormalization(options);
    case "maxPooling2d":
      return layers.maxPooling2d(options);
    case "averagePooling2d":
      return layers.averagePooling2d(options);
    case "activation":
      return layers.activation(options);
    case "dense":
      return layers.dense(options);
    case "globalAveragePooling2d":
      return layers.globalAveragePooling2d({});
    case "flatten":
      return layers.flatten();
    case "add":
      return layers.add();
    case "concatenate":
      return layers.concatenate();
    default:
      throw new Error(`${id}: fit.ts has no ${type}`);
  }
}

/** What TensorFlow.js takes: names of regularisers and initialisers are no matter of speed. */
function plainOptions(layer: LayerDescription): LayerDescription {
  const { filters, units, kernelSize, poolSize, strides, padding, useBias, activation } =
    layer.options;
  const { depthMultiplier, momentum, epsilon } = layer.options;
  const wanted = { filters, units, kernelSize, poolSize, strides, padding, useBias, activation };
  const known = Object.entries({ ...wanted, depthMultiplier, momentum, epsilon }).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return { ...layer, options: Object.fromEntries(known) };
}

function modelOf({ layers: parts, name }: NetworkDescription): Model {
  const tensors = new Map<string, SymbolicTensor>();
  const tensorOf = (id: string | undefined): SymbolicTensor => {
    const tensor = tensors.get(id ?? "");
    if (tensor === undefined) {
      throw new Error(`${name}: ${id} has no tensor`);
    }
    return tensor;
  };
  for (const layer of parts) {
    const inputs = layer.inputs.map(tensorOf);
    const tensor =
      layer.type === "input"
        ? tf.input({ shape: [...layer.outputShape] })
        : (layerOf(plainOptions(layer)).apply(
            inputs.length === 1 ? tensorOf(layer.inputs[0]) : inputs,
          ) as SymbolicTensor);
    if (tensor.shape.slice(1).join() !== layer.outputShape.join()) {
      throw new Error(
        `${layer.id}: shape ${tensor.shape.join()} instead of ${layer.outputShape.join()}`,
      );
    }
    tensors.set(layer.id, tensor);
  }
  return tf.model({ inputs: tensorOf(parts[0]?.id), outputs: tensorOf(parts.at(-1)?.id) });
}

/** Images and labels as people keep them for `model.fit`: float tensors in memory. */
function pictures(shape: readonly number[], count: number, classes: number) {
  const pixels = tf.util.createShuffledIndices(256);
  const values = Float32Array.from(
    { length: count * sizeOf(shape) },
    (_, index) => (pixels[index % 251] ?? 0) / 255,
  );
  const x = tf.tensor(values, [count, ...shape]);
  const y = tf.oneHot(tf.range(0, count, 1, "int32").mod(tf.scalar(classes, "int32")), classes);
  return { x, y };
}

async function main(name: NetworkName): Promise<void> {
  const description = describe(name);
  const model = modelOf(description);
  model.compile({
    optimizer: tf.train.momentum(0.01, 0.9),
    loss: "categoricalCrossentropy",
    metrics: ["accuracy"],
  });
  const { inputShape: shape, classes } = description;
  const batch = pictures(shape, batchSize, classes);
  const steps = await stepSpeed(() => model.trainOnBatch(batch.x, batch.y));
  const count = epochImages(steps.step);
  const all = pictures(shape, count, classes);
  let seconds = 0;
  let begin = 0;
  await model.fit(all.x, all.y, {
    batchSize,
    epochs: 1,
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
  report({
    ...steps,
    epoch: count / seconds,
    engine: `tfjs-node ${tf.version_core}, TensorFlow ${version}`,
  });
}

await main(process.argv[2] as NetworkName);
process.exit(0);
