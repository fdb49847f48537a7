import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-node";
import type { Activation } from "../../../src/core/layers/activations.ts";
import type { Padding, Pair } from "../../../src/core/layers/option.ts";
import { resolveAxis } from "../../../src/core/layers/window.ts";
import type { Network, NetworkLayer } from "../../../src/core/network/network.ts";
import type { WeightVariable } from "../../../src/trainer/graph/trainingGraph.ts";

type Tfjs = typeof import("@tensorflow/tfjs-node");
type Weights = (name: string) => Tensor;

/** Loss and gradients of a network as TensorFlow.js computes them, operation by operation with its own gradients. */
export function eagerGradients(
  tf: Tfjs,
  network: Network,
  variables: readonly WeightVariable[],
  values: readonly Float32Array[],
  images: Float32Array,
  labels: Float32Array,
  batch: number,
): { readonly loss: number; readonly gradients: readonly (Float32Array | undefined)[] } {
  return tf.tidy(() => {
    const { x, y } = feed(tf, network, images, labels, batch);
    const tensors = variables.map(({ shape }, index) =>
      tf.tensor(values[index]!, [...shape], "float32"),
    );
    const trained = variables.flatMap(({ weight }, index) => (weight.trainable ? [index] : []));
    const { value, grads } = tf.valueAndGrads((...given: Tensor[]) => {
      const all = [...tensors];
      for (const [order, index] of trained.entries()) all[index] = given[order]!;
      const byName = new Map(variables.map(({ name }, index) => [name, all[index]!]));
      return lossOf(tf, network, (name) => byName.get(name)!, x, y);
    })(trained.map((index) => tensors[index]!));
    return {
      loss: value.dataSync()[0]!,
      gradients: variables.map((_, index) => {
        const order = trained.indexOf(index);
        return order === -1 ? undefined : grads[order]!.dataSync<"float32">();
      }),
    };
  });
}

/** Loss alone, for operations that TensorFlow.js has no gradient for. */
export function eagerLoss(
  tf: Tfjs,
  network: Network,
  variables: readonly WeightVariable[],
  values: readonly Float32Array[],
  images: Float32Array,
  labels: Float32Array,
  batch: number,
): number {
  return tf.tidy(() => {
    const { x, y } = feed(tf, network, images, labels, batch);
    const byName = new Map(
      variables.map(({ name, shape }, index) => [name, tf.tensor(values[index]!, [...shape])]),
    );
    return lossOf(tf, network, (name) => byName.get(name)!, x, y).dataSync()[0]!;
  });
}

function feed(
  tf: Tfjs,
  network: Network,
  images: Float32Array,
  labels: Float32Array,
  batch: number,
): { readonly x: Tensor; readonly y: Tensor } {
  const shape = network.layers[0]!.inference!.outputShape;
  return {
    x: tf.tensor(images, [batch, ...shape]),
    y: tf.tensor(labels, [batch, labels.length / batch]),
  };
}

/** Cross-entropy in training mode, from the logits of the last layer. */
function lossOf(tf: Tfjs, network: Network, weights: Weights, x: Tensor, y: Tensor): Tensor {
  const outputs = new Map<string, Tensor>();
  for (const layer of network.layers) {
    const inputs = layer.type === "input" ? [x] : layer.inputs.map((id) => outputs.get(id)!);
    const isLast = layer.id === network.outputs[0];
    outputs.set(
      layer.id,
      forward(tf, layer, inputs, (name) => weights(`${layer.id}/${name}`), isLast),
    );
  }
  return tf.losses.softmaxCrossEntropy(y, outputs.get(network.outputs[0]!)!);
}

function forward(
  tf: Tfjs,
  layer: NetworkLayer,
  inputs: readonly Tensor[],
  weight: Weights,
  isLast: boolean,
): Tensor {
  const x = inputs[0]!;
  const map = x as Tensor4D;
  const act = (activation: Activation, value: Tensor): Tensor =>
    isLast && activation === "softmax" ? value : activations(tf)[activation](value);
  switch (layer.type) {
    case "input":
      return x;
    case "conv2d": {
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
    }
    case "depthwiseConv2d":
    case "separableConv2d": {
      const { options } = layer;
      const kernel = weight("depthwiseKernel") as Tensor4D;
      const window = { ...options, kernel: [kernel.shape[0], kernel.shape[1]] as const };
      // One plain convolution a channel, so that strides may differ.
      const kernels = split(tf, tf.transpose(kernel, [0, 1, 3, 2]), kernel.shape[2]);
      const parts = split(tf, padded4d(tf, map, window, 0), kernel.shape[2]).map((part, channel) =>
        slide(tf, part, tf.transpose(kernels[channel]!, [0, 1, 3, 2]), options),
      );
      const perChannel = tf.concat(parts, 3);
      const sums =
        layer.type === "separableConv2d"
          ? tf.conv2d(perChannel, weight("pointwiseKernel") as Tensor4D, 1, "valid")
          : perChannel;
      return act(options.activation, options.useBias ? tf.add(sums, weight("bias")) : sums);
    }
    case "conv2dTranspose": {
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
    }
    case "tableConv2d": {
      const { options } = layer;
      const kernel = weight("kernel") as Tensor3D;
      const [height, width] = kernel.shape;
      const padded = padded4d(tf, map, { ...options, kernel: [height, width] }, 0);
      let start = 0;
      const filters = options.connections.map((row) => {
        const taps = tf.reshape(tf.slice(kernel, [0, 0, start], [height, width, row.length]), [
          height,
          width,
          row.length,
          1,
        ]) as Tensor4D;
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
    }
    case "radialBasis": {
      const centers = tf.expandDims(weight("centers"), 0);
      return tf.sum(tf.square(tf.sub(tf.expandDims(x, 2), centers)), 1);
    }
    case "adaptiveAveragePooling2d": {
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
    }
    case "subsampling2d": {
      const window = poolWindow(layer.options);
      const [height, width] = window.kernel;
      const padded = padded4d(tf, map, window, 0);
      const mean = tf.avgPool(padded, [...window.kernel], [...window.strides], "valid");
      const sums = tf.mul(mean, height * width);
      const { activation } = layer.options;
      return act(activation, tf.add(tf.mul(sums, weight("coefficient")), weight("bias")));
    }
    case "dense": {
      const sums = tf.matMul(x as Tensor2D, weight("kernel") as Tensor2D);
      const { useBias, activation } = layer.options;
      return act(activation, useBias ? tf.add(sums, weight("bias")) : sums);
    }
    case "maxPooling2d": {
      const window = poolWindow(layer.options);
      return tf.maxPool(
        padded4d(tf, map, window, -1e30),
        [...window.kernel],
        [...window.strides],
        "valid",
      );
    }
    case "averagePooling2d": {
      const window = poolWindow(layer.options);
      const mean = (value: Tensor4D): Tensor4D =>
        tf.avgPool(value, [...window.kernel], [...window.strides], "valid");
      // Counted pixels are ones, all others zeros.
      const ones = layer.options.countIncludePad
        ? overhang(tf, tf.onesLike(declaredPad(tf, map, window)), map, window)
        : padded4d(tf, tf.onesLike(map), window, 0);
      return tf.div(mean(padded4d(tf, map, window, 0)), mean(ones));
    }
    case "globalAveragePooling2d":
      return tf.mean(map, [1, 2], layer.options.keepDimensions);
    case "globalMaxPooling2d":
      return tf.max(map, [1, 2], layer.options.keepDimensions);
    case "batchNormalization": {
      const axes = x.shape.map((_, axis) => axis).slice(0, -1);
      const { mean, variance } = tf.moments(x, axes);
      const { epsilon, scale, center } = layer.options;
      const normal = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon)));
      const scaled = scale ? tf.mul(normal, weight("gamma") as Tensor1D) : normal;
      return center ? tf.add(scaled, weight("beta")) : scaled;
    }
    case "layerNormalization":
      return affine(tf, standardized(tf, x, [x.rank - 1], layer.options.epsilon), layer, weight);
    case "groupNormalization": {
      const { groups, epsilon } = layer.options;
      const grouped = tf.reshape(x, [...x.shape.slice(0, -1), groups, -1]);
      const axes = grouped.shape
        .map((_, axis) => axis)
        .filter((axis) => axis !== 0 && axis !== grouped.rank - 2);
      const normal = tf.reshape(standardized(tf, grouped, axes, epsilon), x.shape);
      return affine(tf, normal, layer, weight);
    }
    case "localResponseNormalization": {
      const { depthRadius, bias, alpha, beta } = layer.options;
      return tf.localResponseNormalization(map, depthRadius, bias, alpha, beta);
    }
    case "rescaling":
      return tf.add(tf.mul(x, layer.options.scale), layer.options.offset);
    case "prelu":
      return tf.prelu(x, weight("alpha"));
    case "activation":
      return act(layer.options.activation, x);
    case "dropout":
    case "spatialDropout2d":
      throw new Error("dropout has a random mask of its own");
    case "add":
      return inputs.reduce((sum, input) => tf.add(sum, input));
    case "average":
      return tf.div(
        inputs.reduce((sum, input) => tf.add(sum, input)),
        inputs.length,
      );
    case "multiply":
      return inputs.reduce((product, input) => tf.mul(product, input));
    case "maximum":
      return inputs.reduce((largest, input) => tf.maximum(largest, input));
    case "concatenate":
      return tf.concat([...inputs], -1);
    case "flatten":
      return tf.reshape(x, [x.shape[0]!, -1]);
    case "zeroPadding2d": {
      const { padding } = layer.options;
      if (typeof padding === "string") return x;
      const { top, bottom, left, right } = padding;
      return tf.pad(map, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]);
    }
    case "channelPadding":
      return tf.pad(map, [
        [0, 0],
        [0, 0],
        [0, 0],
        [layer.options.before, layer.options.after],
      ]);
    case "reshape":
      return tf.reshape(x, [x.shape[0]!, ...layer.options.targetShape]);
    case "cropping2d": {
      const { cropping } = layer.options;
      if (typeof cropping === "string") return x;
      const [height, width, channels] = layer.inference!.outputShape as [number, number, number];
      return tf.slice(map, [0, cropping.top, cropping.left, 0], [-1, height, width, channels]);
    }
    case "upSampling2d": {
      const { size, interpolation } = layer.options;
      const rows = interpolationMatrix(tf, map.shape[1], size[0], interpolation);
      const columns = interpolationMatrix(tf, map.shape[2], size[1], interpolation);
      const tall = alongLast(tf, tf.transpose(map, [0, 3, 2, 1]), rows);
      return tf.transpose(alongLast(tf, tf.transpose(tall, [0, 1, 3, 2]), columns), [0, 2, 3, 1]);
    }
    case "channelShuffle": {
      const { groups } = layer.options;
      const channels = map.shape[3];
      const order = Array.from(
        { length: channels },
        (_, to) => (to % groups) * (channels / groups) + Math.floor(to / groups),
      );
      return tf.gather(map, tf.tensor1d(order, "int32"), 3);
    }
  }
}

/** TensorFlow.js refuses strides together with dilation: it computes every position here, and some are taken. */
function slide(
  tf: Tfjs,
  x: Tensor4D,
  kernel: Tensor4D,
  { strides, dilationRate }: { readonly strides: Pair; readonly dilationRate: Pair },
): Tensor4D {
  if (dilationRate.every((rate) => rate === 1)) {
    return tf.conv2d(x, kernel, [...strides], "valid");
  }
  const everywhere = tf.conv2d(x, kernel, 1, "valid", "NHWC", [...dilationRate]);
  const rows = tf.range(0, everywhere.shape[1], strides[0], "int32");
  const columns = tf.range(0, everywhere.shape[2], strides[1], "int32");
  return tf.gather(tf.gather(everywhere, rows, 1), columns, 2);
}

function split(tf: Tfjs, x: Tensor4D, parts: number): readonly Tensor4D[] {
  const extent = x.shape[3] / parts;
  return Array.from({ length: parts }, (_, part) =>
    tf.slice(x, [0, 0, 0, part * extent], [-1, -1, -1, extent]),
  );
}

const bin = (index: number, bins: number, extent: number): readonly [number, number] => {
  const start = Math.floor((index * extent) / bins);
  return [start, Math.ceil(((index + 1) * extent) / bins) - start];
};

function standardized(tf: Tfjs, x: Tensor, axes: number[], epsilon: number): Tensor {
  const { mean, variance } = tf.moments(x, axes, true);
  return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon)));
}

function affine(
  tf: Tfjs,
  x: Tensor,
  { options }: { readonly options: { readonly scale: boolean; readonly center: boolean } },
  weight: Weights,
): Tensor {
  const scaled = options.scale ? tf.mul(x, weight("gamma")) : x;
  return options.center ? tf.add(scaled, weight("beta")) : scaled;
}

/** Shares of every input pixel in every output pixel, `[inputs, outputs]`, with half-pixel centres. */
function interpolationMatrix(
  tf: Tfjs,
  extent: number,
  factor: number,
  interpolation: "nearest" | "bilinear",
): Tensor2D {
  const weights = Array.from({ length: extent }, (_, pixel) =>
    Array.from({ length: extent * factor }, (__, output) => {
      if (interpolation === "nearest") return Math.floor(output / factor) === pixel ? 1 : 0;
      const centre = Math.min(Math.max((output + 0.5) / factor - 0.5, 0), extent - 1);
      return Math.max(0, 1 - Math.abs(centre - pixel));
    }),
  );
  return tf.tensor2d(weights);
}

function alongLast(tf: Tfjs, x: Tensor4D, matrix: Tensor2D): Tensor4D {
  const [a, b, c, d] = x.shape;
  return tf.reshape(tf.matMul(tf.reshape(x, [a * b * c, d]) as Tensor2D, matrix), [a, b, c, -1]);
}

interface Painting {
  readonly strides: Pair;
  readonly dilationRate: Pair;
  readonly padding: Padding;
}

/** Transposed convolution by its definition, in float64. */
function paintedByLoops(
  map: Tensor4D,
  kernel: Tensor4D,
  { strides, dilationRate, padding }: Painting,
  [outHeight, outWidth, filters]: readonly [number, number, number],
): Float32Array {
  const [batch, height, width, channels] = map.shape;
  const [kernelHeight, kernelWidth] = kernel.shape;
  const before = (axis: 0 | 1): number => {
    if (padding === "valid") return 0;
    if (padding === "same") {
      const reach = dilationRate[axis] * (kernel.shape[axis] - 1) + 1;
      return Math.floor(Math.max(reach - strides[axis], 0) / 2);
    }
    return axis === 0 ? padding.top : padding.left;
  };
  const values = map.arraySync();
  const taps = kernel.arraySync();
  const out = new Float64Array(batch * outHeight * outWidth * filters);
  for (let b = 0; b < batch; b += 1)
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1)
        for (let i = 0; i < kernelHeight; i += 1)
          for (let j = 0; j < kernelWidth; j += 1) {
            const row = y * strides[0] + i * dilationRate[0] - before(0);
            const column = x * strides[1] + j * dilationRate[1] - before(1);
            if (row < 0 || row >= outHeight || column < 0 || column >= outWidth) continue;
            for (let f = 0; f < filters; f += 1)
              for (let c = 0; c < channels; c += 1)
                out[((b * outHeight + row) * outWidth + column) * filters + f]! +=
                  values[b]![y]![x]![c]! * taps[i]![j]![f]![c]!;
          }
  return Float32Array.from(out);
}

interface Window {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly padding: Padding;
  readonly dilationRate?: Pair;
  readonly ceilMode?: boolean;
}

const poolWindow = (options: {
  readonly poolSize: Pair;
  readonly strides: Pair | null;
  readonly padding: Padding;
  readonly ceilMode: boolean;
}): Window => ({
  kernel: options.poolSize,
  strides: options.strides ?? options.poolSize,
  padding: options.padding,
  ceilMode: options.ceilMode,
});

interface Edges {
  readonly declared: Pair;
  readonly overhang: number;
}

function edgesOf(map: Tensor4D, window: Window): readonly [Edges, Edges] {
  const { padding } = window;
  const sides = typeof padding === "string" ? undefined : padding;
  const axis = (index: 0 | 1, explicit: Pair | undefined): Edges => {
    const extent = map.shape[index + 1]!;
    const [taps, stride] = [window.kernel[index], window.strides[index]];
    const dilation = window.dilationRate?.[index] ?? 1;
    const { output, before, after } = resolveAxis(
      extent,
      taps,
      stride,
      dilation,
      explicit ?? (padding as "same" | "valid"),
      window.ceilMode,
    );
    const reach = (output - 1) * stride + dilation * (taps - 1) + 1;
    return { declared: [before, after], overhang: Math.max(0, reach - extent - before - after) };
  };
  return [axis(0, sides && [sides.top, sides.bottom]), axis(1, sides && [sides.left, sides.right])];
}

function declaredPad(tf: Tfjs, map: Tensor4D, window: Window, value = 0): Tensor4D {
  const [height, width] = edgesOf(map, window);
  return tf.pad(map, [[0, 0], [...height.declared], [...width.declared], [0, 0]] as never, value);
}

function overhang(tf: Tfjs, padded: Tensor4D, map: Tensor4D, window: Window, value = 0): Tensor4D {
  const [height, width] = edgesOf(map, window);
  return tf.pad(
    padded,
    [
      [0, 0],
      [0, height.overhang],
      [0, width.overhang],
      [0, 0],
    ],
    value,
  );
}

function padded4d(tf: Tfjs, map: Tensor4D, window: Window, value: number): Tensor4D {
  return overhang(tf, declaredPad(tf, map, window, value), map, window, value);
}

const activations = (tf: Tfjs): Readonly<Record<Activation, (x: Tensor) => Tensor>> => ({
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
