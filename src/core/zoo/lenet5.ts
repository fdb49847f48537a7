import { chain } from "./chain.ts";
import type { ZooNetwork } from "./zooNetwork.ts";

const source = "LeCun et al. 1998, Gradient-Based Learning Applied to Document Recognition";

const mnist = {
  dataset: "mnist",
  optimizer: { type: "adam", learningRate: 0.001 },
  loss: "categoricalCrossentropy",
  batchSize: 128,
  epochs: 5,
  validationSplit: 0.1,
  seed: 1,
} as const;

/** Table I of the paper: the maps of S2 that each map of C3 reads. */
const connections = [
  [0, 1, 2],
  [1, 2, 3],
  [2, 3, 4],
  [3, 4, 5],
  [0, 4, 5],
  [0, 1, 5],
  [0, 1, 2, 3],
  [1, 2, 3, 4],
  [2, 3, 4, 5],
  [0, 3, 4, 5],
  [0, 1, 4, 5],
  [0, 1, 2, 5],
  [0, 1, 3, 4],
  [1, 2, 4, 5],
  [0, 2, 3, 5],
  [0, 1, 2, 3, 4, 5],
];

/** LeNet-5 and the fully connected network it is compared with. */
export const lenet5Networks: readonly ZooNetwork[] = [
  {
    id: "dnn3",
    name: "3-Layer DNN",
    family: "LeNet",
    year: 1998,
    depth: 3,
    error: { percent: 3.05, measure: "MNIST", setting: "300 + 100 hidden units" },
    source,
    summary:
      "Fully connected layers only: four times the weights of LeNet-5 for three times its errors.",
    nodes: chain({
      image: { type: "input", shape: [28, 28, 1] },
      flatten: { type: "flatten" },
      hidden1: { type: "dense", units: 300, activation: "relu" },
      hidden2: { type: "dense", units: 100, activation: "relu" },
      output: { type: "dense", units: 10, activation: "softmax" },
    }),
    training: mnist,
  },
  {
    id: "lenet5",
    name: "LeNet-5",
    family: "LeNet",
    year: 1998,
    depth: 5,
    error: { percent: 0.95, measure: "MNIST", setting: "without distortions" },
    source,
    summary:
      "As it is taught today: full connections in c3, softmax at the end, 28 × 28 digits padded to 32 × 32.",
    nodes: chain({
      image: { type: "input", shape: [28, 28, 1] },
      c1: { type: "conv2d", filters: 6, kernelSize: 5, padding: "same", activation: "tanh" },
      s2: { type: "averagePooling2d", poolSize: 2 },
      c3: { type: "conv2d", filters: 16, kernelSize: 5, activation: "tanh" },
      s4: { type: "averagePooling2d", poolSize: 2 },
      flatten: { type: "flatten" },
      c5: { type: "dense", units: 120, activation: "tanh" },
      f6: { type: "dense", units: 84, activation: "tanh" },
      output: { type: "dense", units: 10, activation: "softmax" },
    }),
    training: mnist,
  },
  {
    id: "lenet5Original",
    name: "LeNet-5 (1998)",
    family: "LeNet",
    year: 1998,
    depth: 5,
    error: { percent: 0.95, measure: "MNIST", setting: "without distortions" },
    source,
    summary:
      "As published: trainable subsampling, the connection table of c3, distances to fixed codes at the end.",
    nodes: chain({
      image: { type: "input", shape: [32, 32, 1] },
      c1: { type: "conv2d", filters: 6, kernelSize: 5, activation: "tanh" },
      s2: { type: "subsampling2d", poolSize: 2, activation: "sigmoid" },
      c3: { type: "tableConv2d", kernelSize: 5, activation: "tanh", connections },
      s4: { type: "subsampling2d", poolSize: 2, activation: "sigmoid" },
      c5: { type: "conv2d", filters: 120, kernelSize: 5, activation: "tanh" },
      flatten: { type: "flatten" },
      f6: { type: "dense", units: 84, activation: "tanh" },
      output: { type: "radialBasis", units: 10 },
    }),
  },
];
