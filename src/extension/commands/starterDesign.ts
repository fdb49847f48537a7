/** What a new design begins with: the least that can be trained. */
export const starterDesign = `{
  "version": 1,
  "name": "New Design",
  "nodes": {
    "image": { "type": "input", "shape": [28, 28, 1] },
    "conv": { "type": "conv2d", "from": "image", "filters": 16, "kernelSize": 3, "activation": "relu" },
    "pool": { "type": "maxPooling2d", "from": "conv", "poolSize": 2 },
    "flatten": { "type": "flatten", "from": "pool" },
    "output": { "type": "dense", "from": "flatten", "units": 10, "activation": "softmax" }
  },
  "training": {
    "dataset": "mnist",
    "optimizer": { "type": "adam", "learningRate": 0.001 },
    "loss": "categoricalCrossentropy",
    "batchSize": 128,
    "epochs": 5,
    "validationSplit": 0.1,
    "seed": 1
  }
}
`;
