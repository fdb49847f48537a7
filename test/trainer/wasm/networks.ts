import type { Nodes } from "../support/network.ts";

const relu = { type: "activation", activation: "relu" } as const;

/** Convolution, batch normalisation and ReLU under names that begin with `id`. */
function unit(id: string, from: string, options: Nodes[string]): Nodes {
  return {
    [`${id}c`]: {
      type: "conv2d",
      from,
      kernelSize: 3,
      padding: "same",
      useBias: false,
      ...options,
    },
    [`${id}n`]: { type: "batchNormalization", from: `${id}c` },
    [id]: { ...relu, from: `${id}n` },
  };
}

/** Two units with a shortcut; with strides, the shortcut is a 1 × 1 convolution. */
function residual(id: string, from: string, filters: number, strides: number): Nodes {
  const shortcut: Nodes =
    strides === 1
      ? {}
      : {
          [`${id}s`]: {
            type: "conv2d",
            from,
            filters,
            kernelSize: 1,
            strides,
            padding: "same",
            useBias: false,
          },
          [`${id}sn`]: { type: "batchNormalization", from: `${id}s` },
        };
  return {
    ...unit(`${id}a`, from, { filters, strides }),
    [`${id}bc`]: {
      type: "conv2d",
      from: `${id}a`,
      filters,
      kernelSize: 3,
      padding: "same",
      useBias: false,
    },
    [`${id}bn`]: { type: "batchNormalization", from: `${id}bc` },
    ...shortcut,
    [`${id}t`]: { type: "add", from: [`${id}bn`, strides === 1 ? from : `${id}sn`] },
    [id]: { ...relu, from: `${id}t` },
  };
}

const head = (from: string): Nodes => ({
  pool: { type: "globalAveragePooling2d", from },
  output: { type: "dense", from: "pool", units: 10, activation: "softmax" },
});

const image = (size: number, channels: number): Nodes => ({
  image: { type: "input", shape: [size, size, channels] },
});

/** LeNet-5 with tanh, mean pooling and a softmax (LeCun et al. 1998). */
export const lenet: Nodes = {
  ...image(28, 1),
  c1: { type: "conv2d", filters: 6, kernelSize: 5, padding: "same", activation: "tanh" },
  s2: { type: "averagePooling2d", poolSize: 2 },
  c3: { type: "conv2d", filters: 16, kernelSize: 5, activation: "tanh" },
  s4: { type: "averagePooling2d", poolSize: 2 },
  flat: { type: "flatten" },
  c5: { type: "dense", units: 120, activation: "tanh" },
  f6: { type: "dense", units: 84, activation: "tanh" },
  output: { type: "dense", units: 10, activation: "softmax" },
};

/** A residual network for images of `size`, with `depth` blocks in each of three stages; 3 make ResNet-20 (He et al. 2015). */
export function residualNetwork(size: number, depth: number): Nodes {
  const stages = [16, 32, 64];
  let from = "stem";
  const blocks = stages.flatMap((filters, stage) =>
    Array.from({ length: depth }, (_, block) => {
      const id = `r${stage}${block}`;
      const nodes = residual(id, from, filters, stage > 0 && block === 0 ? 2 : 1);
      from = id;
      return nodes;
    }),
  );
  return Object.assign(
    {},
    image(size, 3),
    unit("stem", "image", { filters: 16 }),
    ...blocks,
    head(from),
  ) as Nodes;
}

/** Two inception blocks with local response normalisation between (Szegedy et al. 2014). */
export const inceptionNetwork: Nodes = {
  ...image(16, 3),
  stem: { type: "conv2d", filters: 16, kernelSize: 3, padding: "same", activation: "relu" },
  norm: { type: "localResponseNormalization" },
  p1: { type: "maxPooling2d", poolSize: 3, strides: 2, padding: "same" },
  ...inception("i1", "p1"),
  p2: { type: "maxPooling2d", from: "i1", poolSize: 3, strides: 2, padding: "same" },
  ...inception("i2", "p2"),
  drop: { type: "dropout", from: "i2", rate: 0.4 },
  ...head("drop"),
};

const auxiliary = {
  type: "auxiliaryHead",
  units: 10,
  filters: 8,
  hiddenUnits: 16,
  poolSize: 3,
  strides: 2,
} as const;

/** The same with an auxiliary head behind each block. */
export const inceptionWithHeads: Nodes = {
  ...inceptionNetwork,
  head1: { ...auxiliary, from: "i1" },
  head2: { ...auxiliary, from: "i2", poolSize: 2, strides: 1 },
};

function inception(id: string, from: string): Nodes {
  const one = { type: "conv2d", kernelSize: 1, activation: "relu" } as const;
  const wide = { type: "conv2d", padding: "same", activation: "relu" } as const;
  return {
    [`${id}a`]: { ...one, from, filters: 8 },
    [`${id}b`]: { ...one, from, filters: 12 },
    [`${id}b3`]: { ...wide, from: `${id}b`, filters: 16, kernelSize: 3 },
    [`${id}c`]: { ...one, from, filters: 4 },
    [`${id}c5`]: { ...wide, from: `${id}c`, filters: 8, kernelSize: 5 },
    [`${id}p`]: { type: "maxPooling2d", from, poolSize: 3, strides: 1, padding: "same" },
    [`${id}d`]: { ...one, from: `${id}p`, filters: 8 },
    [id]: { type: "concatenate", from: [`${id}a`, `${id}b3`, `${id}c5`, `${id}d`] },
  };
}

/** Two dense blocks of three layers with a transition between (Huang et al. 2017). */
export const denseNetwork: Nodes = {
  ...image(16, 3),
  stem: { type: "conv2d", filters: 12, kernelSize: 3, padding: "same", useBias: false },
  ...denseBlock("d1", "stem"),
  tn: { type: "batchNormalization", from: "d1" },
  ta: { ...relu, from: "tn" },
  tc: { type: "conv2d", from: "ta", filters: 18, kernelSize: 1, useBias: false },
  tp: { type: "averagePooling2d", from: "tc", poolSize: 2 },
  ...denseBlock("d2", "tp"),
  last: { type: "batchNormalization", from: "d2" },
  ...head("last"),
};

function denseBlock(id: string, from: string): Nodes {
  let before = from;
  const layers = [1, 2, 3].map((layer) => {
    const name = layer === 3 ? id : `${id}${layer}`;
    const nodes: Nodes = {
      [`${name}n`]: { type: "batchNormalization", from: before },
      [`${name}r`]: { ...relu, from: `${name}n` },
      [`${name}g`]: {
        type: "conv2d",
        from: `${name}r`,
        filters: 8,
        kernelSize: 3,
        padding: "same",
        useBias: false,
      },
      [name]: { type: "concatenate", from: [before, `${name}g`] },
    };
    before = name;
    return nodes;
  });
  return Object.assign({}, ...layers) as Nodes;
}
