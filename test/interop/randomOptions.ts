import { activations } from "../../src/core/layers/activations.ts";
import type { LayerOptions, LayerType } from "../../src/core/layers/layers.ts";
import type { Padding, Pair } from "../../src/core/layers/option.ts";
import type { Shape } from "../../src/core/layers/shape.ts";
import type { Random } from "./random.ts";

/** Options without influence on shapes and weights, such as initialisers, are left at their defaults. */
type RandomOptions<K extends LayerType> = (
  random: Random,
  input: Shape,
) => Partial<LayerOptions<K>>;

const nothing = () => ({});

/** Options for a layer of each type on an input of this shape: most fit, some do not. */
export const randomOptions: { readonly [K in LayerType]: RandomOptions<K> } = {
  input: (random) => ({
    shape: random.chance(0.05)
      ? [random.integer(1, 40)]
      : [random.integer(1, 40), random.integer(1, 40), random.pick([1, 2, 3, 4, 6, 8, 12])],
  }),
  conv2d(random, input) {
    const groups = groupsOf(random, channelsOf(input));
    const dilationRate = dilation(random);
    return {
      filters: random.chance(0.9) ? groups * random.integer(1, 4) : random.integer(1, 12),
      kernelSize: pair(random, 1, 5),
      // Keras takes strides or dilation, never both; strides of the two axes may differ.
      strides: isOne(dilationRate) ? pair(random, 1, 3) : [1, 1],
      padding: padding(random),
      dilationRate,
      groups,
      activation: random.pick(activations),
      useBias: random.chance(0.7),
      trainable: random.chance(0.8),
    };
  },
  depthwiseConv2d: (random) => ({ ...depthwise(random), useBias: random.chance(0.7) }),
  separableConv2d: (random) => ({
    ...depthwise(random),
    filters: random.integer(1, 12),
    useBias: random.chance(0.7),
  }),
  conv2dTranspose(random) {
    const dilationRate = dilation(random);
    const strides: Pair = isOne(dilationRate) ? pair(random, 1, 3) : [1, 1];
    return {
      filters: random.integer(1, 8),
      kernelSize: pair(random, 1, 5),
      strides,
      padding: padding(random),
      outputPadding: [random.integer(0, strides[0] - 1), random.integer(0, strides[1] - 1)],
      dilationRate,
      activation: random.pick(activations),
      useBias: random.chance(0.7),
    };
  },
  tableConv2d(random, input) {
    const channels = channelsOf(input) + (random.chance(0.05) ? 1 : 0);
    const row = () => Array.from({ length: channels }, (_, channel) => channel);
    return {
      connections: Array.from({ length: random.integer(1, 5) }, () => {
        const kept = row().filter(() => random.chance(0.5));
        return kept.length === 0 ? [channels - 1] : kept;
      }),
      kernelSize: pair(random, 1, 4),
      strides: pair(random, 1, 2),
      padding: padding(random),
      activation: random.pick(activations),
      useBias: random.chance(0.7),
    };
  },
  dense: (random) => ({
    units: random.integer(1, 50),
    activation: random.pick(activations),
    useBias: random.chance(0.7),
  }),
  radialBasis: (random) => ({ units: random.integer(1, 20) }),
  maxPooling2d: (random) => pooling(random),
  averagePooling2d: (random) => ({ ...pooling(random), countIncludePad: random.chance(0.5) }),
  globalAveragePooling2d: (random) => ({ keepDimensions: random.chance(0.5) }),
  globalMaxPooling2d: (random) => ({ keepDimensions: random.chance(0.5) }),
  adaptiveAveragePooling2d: (random) => ({ outputSize: pair(random, 1, 7) }),
  subsampling2d: (random) => ({ ...pooling(random), activation: random.pick(activations) }),
  batchNormalization: (random) => ({
    momentum: random.pick([0.9, 0.99]),
    epsilon: random.pick([0.001, 1e-5]),
    center: random.chance(0.7),
    scale: random.chance(0.7),
  }),
  layerNormalization: (random) => affine(random),
  groupNormalization: (random, input) => ({
    ...affine(random),
    groups: groupsOf(random, channelsOf(input)),
  }),
  localResponseNormalization: (random) => ({
    depthRadius: random.integer(0, 5),
    bias: random.integer(1, 2),
    alpha: 1e-4,
    beta: 0.75,
  }),
  dropout: (random) => ({ rate: random.pick([0, 0.25, 0.5]) }),
  spatialDropout2d: (random) => ({ rate: random.pick([0, 0.25, 0.5]) }),
  rescaling: (random) => ({ scale: 1 / 255, offset: random.integer(-1, 1) }),
  activation: (random) => ({ activation: random.pick(activations) }),
  prelu: (random) => ({ slopes: random.pick(["perValue", "perChannel", "one"] as const) }),
  flatten: nothing,
  reshape: (random, input) => ({ targetShape: reshaped(random, input) }),
  cropping2d: (random) => ({ cropping: sides(random) }),
  upSampling2d: (random) => ({
    size: pair(random, 1, 3),
    interpolation: random.pick(["nearest", "bilinear"] as const),
  }),
  channelShuffle: (random, input) => ({ groups: groupsOf(random, channelsOf(input)) }),
  zeroPadding2d: (random) => ({ padding: sides(random) }),
  channelPadding: (random) => ({ before: random.integer(0, 3), after: random.integer(0, 3) }),
  add: nothing,
  multiply: nothing,
  average: nothing,
  maximum: nothing,
  concatenate: nothing,
};

/** The same values in another arrangement, and now and then one value more. */
function reshaped(random: Random, input: Shape): Shape {
  const [height = 1, width = 1, channels = 1] = input;
  const arranged = random.pick([
    [height * width * channels],
    [width, height, channels],
    [1, 1, height * width * channels],
    [height * width, channels],
  ]);
  return random.chance(0.1) ? [...arranged.slice(0, -1), (arranged.at(-1) ?? 0) + 1] : arranged;
}

const affine = (random: Random) => ({
  epsilon: random.pick([0.001, 1e-5]),
  center: random.chance(0.7),
  scale: random.chance(0.7),
});

/** Unlike the plain one, Keras' depthwise convolution takes strides together with dilation. */
function depthwise(random: Random) {
  return {
    kernelSize: pair(random, 1, 5),
    strides: pair(random, 1, 3),
    padding: padding(random),
    dilationRate: dilation(random),
    depthMultiplier: random.integer(1, 3),
    activation: random.pick(activations),
  };
}

const channelsOf = (input: Shape): number => input.at(-1) ?? 1;

const isOne = ([height, width]: Pair): boolean => height === 1 && width === 1;

function pair(random: Random, minimum: number, maximum: number): Pair {
  const height = random.integer(minimum, maximum);
  return [height, random.chance(0.7) ? height : random.integer(minimum, maximum)];
}

const dilation = (random: Random): Pair => (random.chance(0.2) ? pair(random, 2, 3) : [1, 1]);

const sides = (random: Random): Exclude<Padding, string> => ({
  top: random.integer(0, 3),
  bottom: random.integer(0, 3),
  left: random.integer(0, 3),
  right: random.integer(0, 3),
});

const padding = (random: Random): Padding =>
  random.chance(0.3) ? sides(random) : random.pick(["same", "valid"]);

/** A number of groups that divides the channels, and now and then one that may not. */
function groupsOf(random: Random, channels: number): number {
  if (random.chance(0.6)) return 1;
  if (random.chance(0.1)) return random.integer(1, 5);
  return random.pick([1, 2, 3, 4, 6].filter((groups) => channels % groups === 0));
}

function pooling(random: Random) {
  const poolSize = pair(random, 1, 4);
  return {
    poolSize,
    strides: random.chance(0.3) ? null : pair(random, 1, 3),
    ...random.pick([
      { padding: padding(random), ceilMode: false },
      { padding: paddingWithin(random, poolSize), ceilMode: true },
    ]),
  };
}

/** At most half a window, which is all that PyTorch pads and where alone its `ceil_mode` is defined. */
function paddingWithin(random: Random, [height, width]: Pair): Padding {
  const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)];
  const explicit = {
    top: random.integer(0, rows),
    bottom: random.integer(0, rows),
    left: random.integer(0, columns),
    right: random.integer(0, columns),
  };
  return random.pick(["same", "valid", explicit]);
}
