import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";

/** Designs of the harness by name, as text. */
export const designs: Readonly<Record<string, string>> = {
  inception: `{
  "version": 1,
  "name": "GoogLeNet, small",
  "nodes": {
    "image": { "type": "input", "shape": [224, 224, 3] },
    "stem": { "type": "convBlock", "from": "image", "filters": 64, "kernelSize": 7, "strides": 2 },
    "pool": { "type": "maxPooling2d", "from": "stem", "poolSize": 3, "strides": 2, "padding": "same" },
    "reduce": { "type": "conv2d", "from": "pool", "filters": 64, "kernelSize": 1, "activation": "relu" },
    "wide": { "type": "conv2d", "from": "reduce", "filters": 192, "kernelSize": 3, "padding": "same", "activation": "relu" },
    "pool2": { "type": "maxPooling2d", "from": "wide", "poolSize": 3, "strides": 2, "padding": "same" },
    "inception3a": { "type": "inceptionBlock", "from": "pool2", "branch1x1": 64, "reduce3x3": 96, "branch3x3": 128, "reduce5x5": 16, "branch5x5": 32, "poolProjection": 32 },
    "inception3b": { "type": "inceptionBlock", "from": "inception3a", "branch1x1": 128, "reduce3x3": 128, "branch3x3": 192, "reduce5x5": 32, "branch5x5": 96, "poolProjection": 64 },
    "stage": { "type": "residualBlock", "from": "inception3b", "filters": 128, "bottleneck": true, "repeat": 3 },
    "mean": { "type": "globalAveragePooling2d", "from": "stage" },
    "drop": { "type": "dropout", "from": "mean", "rate": 0.4 },
    "classes": { "type": "dense", "from": "drop", "units": 10, "activation": "softmax" }
  },
  "training": { "dataset": "synthetic", "batchSize": 128 },
  "budget": { "parameters": 3000000, "macs": 1500000000 }
}
`,
  branches: `{
  "version": 1,
  "name": "Branches with problems",
  "nodes": {
    "image": { "type": "input", "shape": [28, 28, 1] },
    "stem": { "type": "conv2d", "from": "image", "filters": 32, "kernelSize": 3, "padding": "same", "activation": "relu" },
    "a": { "type": "conv2d", "from": "stem", "filters": 64, "kernelSize": 1 },
    "b": { "type": "conv2d", "from": "stem", "filters": 64, "kernelSize": 3, "padding": "same" },
    "extra": { "type": "conv2d", "from": "stem", "filters": 32, "kernelSize": 3, "strides": 2, "padding": "same" },
    "join": { "type": "concatenate", "from": ["a", "b", "extra"] },
    "big": { "type": "conv2d", "from": "a", "filters": 16, "kernelSize": 35 },
    "lonely": { "type": "conv2d", "filters": 16, "kernelSize": 3 },
    "odd": { "type": "convolution9d", "from": "b" },
    "flat": { "type": "flatten", "from": "join" },
    "classes": { "type": "dense", "from": "flat", "units": 10, "activation": "softmax" }
  },
  "training": { "dataset": "mnist" }
}
`,
  lenet5: `{
  "version": 1,
  "name": "LeNet-5",
  "nodes": {
    "image": { "type": "input", "shape": [28, 28, 1] },
    "c1": { "type": "conv2d", "from": "image", "filters": 6, "kernelSize": 5, "padding": "same", "activation": "tanh" },
    "s2": { "type": "averagePooling2d", "from": "c1", "poolSize": 2 },
    "c3": { "type": "conv2d", "from": "s2", "filters": 16, "kernelSize": 5, "activation": "tanh" },
    "s4": { "type": "averagePooling2d", "from": "c3", "poolSize": 2 },
    "flatten": { "type": "flatten", "from": "s4" },
    "c5": { "type": "dense", "from": "flatten", "units": 120, "activation": "tanh" },
    "f6": { "type": "dense", "from": "c5", "units": 84, "activation": "tanh" },
    "output": { "type": "dense", "from": "f6", "units": 10, "activation": "softmax" }
  },
  "training": { "dataset": "mnist", "optimizer": { "type": "adam", "learningRate": 0.001 }, "batchSize": 128, "epochs": 5 }
}
`,
  own: `{
  "version": 1,
  "name": "Blocks of the file",
  "nodes": {
    "image": { "type": "input", "shape": [32, 32, 3] },
    "unit": { "type": "pair", "from": "image", "width": 8, "repeat": 2 },
    "stage": { "type": "residualBlock", "from": "unit", "filters": 16 },
    "mean": { "type": "globalAveragePooling2d", "from": "stage" }
  },
  "blocks": {
    "pair": {
      "parameters": { "width": 4 },
      "inputs": ["x"],
      "nodes": {
        "first": { "type": "conv2d", "from": "x", "filters": "width", "kernelSize": 3 },
        "second": { "type": "conv2d", "from": "first", "filters": "2*width", "kernelSize": 1 }
      },
      "output": "second"
    }
  }
}
`,

  ownOther: `{
  "version": 1,
  "name": "Blocks of the file",
  "nodes": {
    "image": { "type": "input", "shape": [32, 32, 3] },
    "unit": { "type": "pair", "from": "image", "width": 8, "repeat": 2 },
    "stage": { "type": "residualBlock", "from": "unit", "filters": 24, "strides": 2 },
    "mean": { "type": "globalAveragePooling2d", "from": "stage" }
  },
  "blocks": {
    "pair": {
      "parameters": { "width": 4 },
      "inputs": ["x"],
      "nodes": {
        "first": { "type": "conv2d", "from": "x", "filters": "width", "kernelSize": 3 },
        "second": { "type": "conv2d", "from": "first", "filters": "2*width", "kernelSize": 1 }
      },
      "output": "second"
    }
  }
}
`,

  problems: `{
  "version": 1,
  "name": "Problems in a row",
  "nodes": {
    "image": { "type": "input", "shape": [28, 28, 1] },
    "c1": { "type": "conv2d", "from": "image", "filters": 6, "kernelSize": 5 },
    "s2": { "type": "maxPooling2d", "from": "c1", "poolSize": 2 },
    "c3": { "type": "conv2d", "from": "s2", "filters": 16, "kernelSize": 5, "groups": 4 },
    "flatten": { "type": "flatten", "from": "c3" },
    "output": { "type": "dense", "from": "flatten", "units": 0, "activation": "softmax" }
  },
  "training": { "dataset": "mnist" }
}
`,

  ownBroken: `{
  "version": 1,
  "name": "A problem inside",
  "nodes": {
    "image": { "type": "input", "shape": [32, 32, 3] },
    "unit": { "type": "pair", "from": "image", "width": 8, "repeat": 2 },
    "mean": { "type": "globalAveragePooling2d", "from": "unit" }
  },
  "blocks": {
    "pair": {
      "parameters": { "width": 4 },
      "inputs": ["x"],
      "nodes": {
        "first": { "type": "conv2d", "from": "x", "filters": "width", "kernelSize": 0 },
        "second": { "type": "conv2d", "from": "first", "filters": "2*width", "kernelSize": 1 }
      },
      "output": "second"
    }
  }
}
`,

  broken: `{
  "version": 1,
  "name": "Half typed",
  "nodes": {
    "image": { "type": "input", "shape": [28, 28, 1] },
    "c1": { "type": "conv2d", "from": "image", "filters": 
  }
}
`,
  empty: "",
  ...Object.fromEntries(zoo.map((network) => [network.id, zooText(network)])),
};
