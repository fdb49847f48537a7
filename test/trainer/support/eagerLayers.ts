import type { Rank, Tensor, Tensor3D, Tensor4D } from "@tensorflow/tfjs-node";
import type { Activation } from "../../../src/core/layers/activations.ts";
import type { LayerType } from "../../../src/core/layers/layers.ts";
import type { NetworkLayerOf } from "../../../src/core/network/network.ts";
import {
  type Tfjs,
  type Weights,
  slide,
  split,
  bin,
  standardized,
  affine,
  interpolationMatrix,
  alongLast,
  paintedByLoops,
  poolWindow,
  declaredPad,
  eachChannel,
  overhang,
  padded4d,
} from "./eagerMath.ts";

/** One layer as TensorFlow.js computes it. */
interface Run<K extends LayerType> {
  readonly tf: Tfjs;
  readonly layer: NetworkLayerOf<K>;
  readonly inputs: readonly Tensor[];
  /** The first input, and the same as a feature map. */
  readonly x: Tensor;
  readonly map: Tensor4D;
  readonly weight: Weights;
  /** Leaves a softmax at the very end out, because the loss begins at the logits. */
  readonly act: (activation: Activation, value: Tensor) => Tensor;
}

/** Every layer in operations of TensorFlow.js, in training mode; written apart from the training graph's rules. */
export const eagerLayers: { readonly [K in LayerType]: (run: Run<K>) => Tensor } = {
  input({ x }) {
    return x;
  },
  conv2d({ tf, layer, map, weight, act }) {
    const { options } = layer;
    const kernel = weight("kernel") as Tensor4D;
    const window = { ...options, kernel: [kernel.shape[0], kernel.shape[1]] as const };
    const padded = padded4d(tf, map, window, 0);
    const kernels = split(tf, kernel, options.groups);
    const parts = split(tf, padded, options.groups).map((part, group) =>
      slide(tf, part, kernels[group]!, options),
    );
    const sums = tf.concat(parts, 3);
    return act(options.activation, options.useBias ? tf.add(sums, weight("bias")) : sums);
  },
  depthwiseConv2d({ tf, layer, map, weight, act }) {
    const { options } = layer;
    const sums = eachChannel(tf, map, weight("depthwiseKernel") as Tensor4D, options);
    return act(options.activation, options.useBias ? tf.add(sums, weight("bias")) : sums);
  },
  separableConv2d({ tf, layer, map, weight, act }) {
    const { options } = layer;
    const perChannel = eachChannel(tf, map, weight("depthwiseKernel") as Tensor4D, options);
    const sums = tf.conv2d(perChannel, weight("pointwiseKernel") as Tensor4D, 1, "valid");
    return act(options.activation, options.useBias ? tf.add(sums, weight("bias")) : sums);
  },
  conv2dTranspose({ tf, layer, map, weight, act }) {
    const { options, inference } = layer;
    const kernel = weight("kernel") as Tensor4D;
    const size = inference!.outputShape as readonly [number, number, number];
    const isPlain = options.dilationRate.every((rate) => rate === 1);
    const { padding } = options;
    const sums =
      isPlain && typeof padding === "string"
        ? tf.conv2dTranspose(map, kernel, [map.shape[0], ...size], [...options.strides], padding)
        : tf.tensor4d(paintedByLoops(map, kernel, options, size), [map.shape[0], ...size]);
    return act(options.activation, options.useBias ? tf.add(sums, weight("bias")) : sums);
  },
  tableConv2d({ tf, layer, map, weight, act }) {
    const { options } = layer;
    const kernel = weight("kernel") as Tensor3D;
    const [height, width] = kernel.shape;
    const padded = padded4d(tf, map, { ...options, kernel: [height, width] }, 0);
    let start = 0;
    const filters = options.connections.map((row) => {
      const taps = tf.reshape<Rank.R4>(
        tf.slice(kernel, [0, 0, start], [height, width, row.length]),
        [height, width, row.length, 1],
      );
      start += row.length;
      return tf.conv2d(
        tf.concat(
          row.map((channel) => split(tf, padded, map.shape[3])[channel]!),
          3,
        ),
        taps,
        [...options.strides],
        "valid",
      );
    });
    const sums = tf.concat(filters, 3);
    return act(options.activation, options.useBias ? tf.add(sums, weight("bias")) : sums);
  },
  radialBasis({ tf, x, weight }) {
    const centers = tf.expandDims(weight("centers"), 0);
    return tf.sum(tf.square(tf.sub(tf.expandDims(x, 2), centers)), 1);
  },
  adaptiveAveragePooling2d({ tf, layer, map }) {
    const [bins, otherBins] = layer.options.outputSize;
    const rows = Array.from({ length: bins }, (_, row) => {
      const [top, height] = bin(row, bins, map.shape[1]);
      return tf.concat(
        Array.from({ length: otherBins }, (__, column) => {
          const [left, width] = bin(column, otherBins, map.shape[2]);
          const box = tf.slice(map, [0, top, left, 0], [-1, height, width, -1]);
          return tf.mean(box, [1, 2], true);
        }),
        2,
      );
    });
    return tf.concat(rows, 1);
  },
  subsampling2d({ tf, layer, map, weight, act }) {
    const window = poolWindow(layer.options);
    const [height, width] = window.kernel;
    const padded = padded4d(tf, map, window, 0);
    const mean = tf.avgPool(padded, [...window.kernel], [...window.strides], "valid");
    const sums = tf.mul(mean, height * width);
    const { activation } = layer.options;
    return act(activation, tf.add(tf.mul(sums, weight("coefficient")), weight("bias")));
  },
  dense({ tf, layer, x, weight, act }) {
    const sums = tf.matMul(x, weight("kernel"));
    const { useBias, activation } = layer.options;
    return act(activation, useBias ? tf.add(sums, weight("bias")) : sums);
  },
  maxPooling2d({ tf, layer, map }) {
    const window = poolWindow(layer.options);
    return tf.maxPool(
      padded4d(tf, map, window, -1e30),
      [...window.kernel],
      [...window.strides],
      "valid",
    );
  },
  averagePooling2d({ tf, layer, map }) {
    const window = poolWindow(layer.options);
    const mean = (value: Tensor4D): Tensor4D =>
      tf.avgPool(value, [...window.kernel], [...window.strides], "valid");
    // Counted pixels are ones, all others zeros.
    const ones = layer.options.countIncludePad
      ? overhang(tf, tf.onesLike(declaredPad(tf, map, window)), map, window)
      : padded4d(tf, tf.onesLike(map), window, 0);
    return tf.div(mean(padded4d(tf, map, window, 0)), mean(ones));
  },
  globalAveragePooling2d({ tf, layer, map }) {
    return tf.mean(map, [1, 2], layer.options.keepDimensions);
  },
  globalMaxPooling2d({ tf, layer, map }) {
    return tf.max(map, [1, 2], layer.options.keepDimensions);
  },
  batchNormalization({ tf, layer, x, weight }) {
    const axes = x.shape.map((_, axis) => axis).slice(0, -1);
    const { mean, variance } = tf.moments(x, axes);
    const { epsilon, scale, center } = layer.options;
    const normal = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon)));
    const scaled = scale ? tf.mul(normal, weight("gamma")) : normal;
    return center ? tf.add(scaled, weight("beta")) : scaled;
  },
  layerNormalization({ tf, layer, x, weight }) {
    return affine(tf, standardized(tf, x, [x.rank - 1], layer.options.epsilon), layer, weight);
  },
  groupNormalization({ tf, layer, x, weight }) {
    const { groups, epsilon } = layer.options;
    const grouped = tf.reshape(x, [...x.shape.slice(0, -1), groups, -1]);
    const axes = grouped.shape
      .map((_, axis) => axis)
      .filter((axis) => axis !== 0 && axis !== grouped.rank - 2);
    const normal = tf.reshape(standardized(tf, grouped, axes, epsilon), x.shape);
    return affine(tf, normal, layer, weight);
  },
  localResponseNormalization({ tf, layer, map }) {
    const { depthRadius, bias, alpha, beta } = layer.options;
    return tf.localResponseNormalization(map, depthRadius, bias, alpha, beta);
  },
  rescaling({ tf, layer, x }) {
    return tf.add(tf.mul(x, layer.options.scale), layer.options.offset);
  },
  prelu({ tf, x, weight }) {
    return tf.prelu(x, weight("alpha"));
  },
  activation({ layer, x, act }) {
    return act(layer.options.activation, x);
  },
  dropout() {
    throw new Error("dropout has a random mask of its own");
  },
  spatialDropout2d() {
    throw new Error("dropout has a random mask of its own");
  },
  add({ tf, inputs }) {
    return inputs.reduce((sum, input) => tf.add(sum, input));
  },
  average({ tf, inputs }) {
    return tf.div(
      inputs.reduce((sum, input) => tf.add(sum, input)),
      inputs.length,
    );
  },
  multiply({ tf, inputs }) {
    return inputs.reduce((product, input) => tf.mul(product, input));
  },
  maximum({ tf, inputs }) {
    return inputs.reduce((largest, input) => tf.maximum(largest, input));
  },
  concatenate({ tf, inputs }) {
    return tf.concat([...inputs], -1);
  },
  flatten({ tf, x }) {
    return tf.reshape(x, [x.shape[0], -1]);
  },
  zeroPadding2d({ tf, layer, x, map }) {
    const { padding } = layer.options;
    if (typeof padding === "string") return x;
    const { top, bottom, left, right } = padding;
    return tf.pad(map, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
  },
  channelPadding({ tf, layer, map }) {
    return tf.pad(map, [
      [0, 0],
      [0, 0],
      [0, 0],
      [layer.options.before, layer.options.after],
    ]);
  },
  reshape({ tf, x, layer }) {
    return tf.reshape(x, [x.shape[0], ...layer.options.targetShape]);
  },
  cropping2d({ tf, layer, x, map }) {
    const { cropping } = layer.options;
    if (typeof cropping === "string") return x;
    const [height, width, channels] = layer.inference!.outputShape as [number, number, number];
    return tf.slice(map, [0, cropping.top, cropping.left, 0], [-1, height, width, channels]);
  },
  upSampling2d({ tf, layer, map }) {
    const { size, interpolation } = layer.options;
    const rows = interpolationMatrix(tf, map.shape[1], size[0], interpolation);
    const columns = interpolationMatrix(tf, map.shape[2], size[1], interpolation);
    const tall = alongLast(tf, tf.transpose(map, [0, 3, 2, 1]), rows);
    return tf.transpose(alongLast(tf, tf.transpose(tall, [0, 1, 3, 2]), columns), [0, 2, 3, 1]);
  },
  channelShuffle({ tf, layer, map }) {
    const { groups } = layer.options;
    const channels = map.shape[3];
    const order = Array.from(
      { length: channels },
      (_, to) => (to % groups) * (channels / groups) + Math.floor(to / groups),
    );
    return tf.gather(map, tf.tensor1d(order, "int32"), 3);
  },
};

/** Every activation by its definition. */
export const activationsOf = (tf: Tfjs): Readonly<Record<Activation, (x: Tensor) => Tensor>> => ({
  linear: (x) => x,
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(x),
  leakyRelu: (x) => tf.leakyRelu(x, 0.2),
  elu: (x) => tf.elu(x),
  selu: (x) => tf.selu(x),
  gelu: (x) => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.div(x, Math.SQRT2)))),
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
  hardSwish: (x) => tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6)),
  sigmoid: (x) => tf.sigmoid(x),
  hardSigmoid: (x) => tf.div(tf.relu6(tf.add(x, 3)), 6),
  tanh: (x) => tf.tanh(x),
  softplus: (x) => tf.softplus(x),
  softmax: (x) => tf.softmax(x),
});
