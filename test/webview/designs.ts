import { analyzeText, type AnalyzedDesign } from "../../src/core/analysis/analyze.ts";

/** LeNet-5 in one line a node, with a comment that every edit must keep. */
export const lenet5 = `{
  "version": 1,
  "name": "LeNet-5",
  // kept
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
  }
}
`;

/** A stem, three branches that are joined, and a block that opens. */
export const branches = `{
  "version": 1,
  "name": "Branches",
  "nodes": {
    "image": { "type": "input", "shape": [28, 28, 3] },
    "stem": { "type": "conv2d", "from": "image", "filters": 32, "kernelSize": 3, "padding": "same" },
    "a": { "type": "conv2d", "from": "stem", "filters": 16, "kernelSize": 1 },
    "b": { "type": "conv2d", "from": "stem", "filters": 16, "kernelSize": 3, "padding": "same" },
    "c": { "type": "conv2d", "from": "stem", "filters": 16, "kernelSize": 5, "padding": "same" },
    "join": { "type": "concatenate", "from": ["a", "b", "c"] },
    "mix": { "type": "residualBlock", "from": "join", "filters": 48, "repeat": 2 },
    "mean": { "type": "globalAveragePooling2d", "from": "mix" },
    "classes": { "type": "dense", "from": "mean", "units": 10, "activation": "softmax" }
  }
}
`;

export const analyzed = (text: string): AnalyzedDesign => analyzeText(text);
