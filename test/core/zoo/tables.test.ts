import { describe, expect, test } from "vitest";
import { analyzeText } from "../../../src/core/analysis/analyze.ts";
import { zoo } from "../../../src/core/zoo/zoo.ts";
import { zooText } from "../../../src/core/zoo/zooText.ts";

function analysisOf(id: string) {
  const network = zoo.find((entry) => entry.id === id);
  if (network === undefined) throw new Error(`no ${id} in the zoo`);
  return analyzeText(zooText(network)).analysis;
}

/** Trainable parameters, MACs, receptive field, stride and padding at the end of each stage. */
type Stage = readonly [
  nodes: readonly string[],
  trainable: number,
  macs: number,
  field?: readonly [size: number, stride: number, padding: number],
];

const stem: Stage = [["conv1", "pool1"], 9536, 118013952, [11, 4, 5]];

const stages: Readonly<Record<string, readonly Stage[]>> = {
  lenet5Original: [
    [["c1"], 156, 117600, [5, 1, 0]],
    [["s2"], 12, 0, [6, 2, 0]],
    [["c3"], 1516, 150000, [14, 2, 0]],
    [["s4"], 32, 0, [16, 4, 0]],
    [["c5"], 48120, 48000, [32, 4, 0]],
    [["f6"], 10164, 10080],
    [["output"], 0, 840],
  ],
  alexnet: [
    [["conv1"], 34944, 105415200, [11, 4, 0]],
    [["norm1", "pool1"], 0, 0, [19, 8, 0]],
    [["conv2"], 307456, 223948800, [51, 8, 16]],
    [["norm2", "pool2"], 0, 0, [67, 16, 16]],
    [["conv3"], 885120, 149520384, [99, 16, 32]],
    [["conv4"], 663936, 112140288, [131, 16, 48]],
    [["conv5"], 442624, 74760192, [163, 16, 64]],
    [["pool5"], 0, 0, [195, 32, 64]],
    [["fc6"], 37752832, 37748736],
    [["fc7"], 16781312, 16777216],
    [["output"], 4097000, 4096000],
  ],
  vgg16: [
    [["conv1"], 38720, 1936392192, [5, 1, 2]],
    [["pool1"], 0, 0, [6, 2, 2]],
    [["conv2"], 221440, 2774532096, [14, 2, 6]],
    [["pool2"], 0, 0, [16, 4, 6]],
    [["conv3"], 1475328, 4624220160, [40, 4, 18]],
    [["pool3"], 0, 0, [44, 8, 18]],
    [["conv4"], 5899776, 4624220160, [92, 8, 42]],
    [["pool4"], 0, 0, [100, 16, 42]],
    [["conv5"], 7079424, 1387266048, [196, 16, 90]],
    [["pool5"], 0, 0, [212, 32, 90]],
  ],
  googlenet: [
    [
      ["conv1", "pool1", "norm1", "reduce2", "conv2", "norm2", "pool2", "inception3a"],
      288112,
      605724672,
      [59, 8, 23],
    ],
    [["inception3b"], 388736, 304267264, [91, 8, 39]],
    [["pool3", "inception4a"], 376176, 73608192, [171, 16, 71]],
    [["inception4b"], 449160, 87908352, [235, 16, 103]],
    [["inception4c"], 510104, 99850240, [299, 16, 135]],
    [["inception4d"], 605376, 118515712, [363, 16, 167]],
    [["inception4e"], 868352, 169996288, [427, 16, 199]],
    [["pool4", "inception5a"], 1043456, 51079168, [587, 32, 263]],
    [["inception5b"], 1444080, 70697984, [715, 32, 327]],
    [["average", "dropout", "output"], 1025000, 1024000],
  ],
  resnet18: [
    stem,
    [["conv2"], 147968, 462422016, [43, 4, 21]],
    [["conv3"], 525568, 411041792, [99, 8, 49]],
    [["conv4"], 2099712, 411041792, [211, 16, 105]],
    [["conv5"], 8393728, 411041792, [435, 32, 217]],
    [["output"], 513000, 512000],
  ],
  resnet50v15: [
    stem,
    [["conv2"], 215808, 667942912, [35, 4, 17]],
    [["conv3"], 1219584, 1027604480, [91, 8, 45]],
    [["conv4"], 7098368, 1464336384, [267, 16, 133]],
    [["conv5"], 14964736, 809238528, [427, 32, 213]],
    [["output"], 2049000, 2048000],
  ],
  resnet152v15: [
    stem,
    [["conv2"], 215808, 667942912, [35, 4, 17]],
    [["conv3"], 2339840, 1901068288, [155, 8, 77]],
    [["conv4"], 40613888, 8015314944, [1291, 16, 645]],
    [["conv5"], 14964736, 809238528, [1451, 32, 725]],
    [["output"], 2049000, 2048000],
  ],
  densenet121: [
    stem,
    [["dense1"], 335040, 1040449536, [59, 4, 29]],
    [["transition1"], 33280, 102760448, [63, 8, 29]],
    [["dense2"], 919680, 712900608, [255, 8, 125]],
    [["transition2"], 132096, 102760448, [263, 16, 125]],
    [["dense3"], 2837760, 549126144, [1031, 16, 509]],
    [["transition3"], 526336, 102760448, [1047, 32, 509]],
    [["dense4"], 2158080, 104366080, [2071, 32, 1021]],
    [["bn", "relu", "average", "output"], 1027048, 1024000],
  ],
};

describe("stage by stage, as the definitions say", () => {
  test.each(Object.entries(stages))("%s", (id, rows) => {
    const { nodes } = analysisOf(id);
    const found = rows.map(([ids, , , field]): Stage => {
      const parts = ids.map((node) => nodes.get(node)!);
      const sum = (count: (part: (typeof parts)[number]) => number) =>
        parts.reduce((total, part) => total + count(part), 0);
      const { size, stride, padding } = parts.at(-1)!.receptiveField!;
      const trainable = sum((part) => part.parameters.trainable);
      const macs = sum((part) => part.macs);
      return field === undefined
        ? [ids, trainable, macs]
        : [ids, trainable, macs, [size[0], stride[0], padding[0]]];
    });
    expect(found).toEqual(rows);
  });
});

/** Trainable parameters as torchvision prints them, or all parameters as Keras does. */
const published: readonly (readonly [id: string, which: "trainable" | "total", count: number])[] = [
  ["vgg11", "trainable", 132863336],
  ["vgg13", "trainable", 133047848],
  ["vgg19", "trainable", 143667240],
  ["vgg11Normalized", "trainable", 132868840],
  ["vgg16Normalized", "trainable", 138365992],
  ["vgg19Normalized", "trainable", 143678248],
  ["googlenetAuxiliary", "trainable", 13378280],
  ["googlenetTorchvisionAuxiliary", "trainable", 13004888],
  ["inceptionV3", "total", 23851784],
  ["resnet34", "trainable", 21797672],
  ["plain18", "trainable", 11515688],
  ["resnet101", "trainable", 44549160],
  ["resnet101v2", "total", 44675560],
  ["resnext50", "trainable", 25028904],
  ["resnet32", "trainable", 464154],
  ["resnet44", "trainable", 658586],
  ["resnet56", "trainable", 853018],
  ["resnet110", "trainable", 1727962],
  ["resnet32Projection", "trainable", 466906],
  ["resnet44Projection", "trainable", 661338],
  ["resnet56Projection", "trainable", 855770],
  ["resnet110Projection", "trainable", 1730714],
  ["resnet1001PreActivation", "trainable", 10327706],
  ["densenet169", "trainable", 14149480],
  ["densenet201", "trainable", 20013928],
  ["squeezenet10", "trainable", 1248424],
  ["squeezenet11", "trainable", 1235496],
  ["mobilenet", "total", 4253864],
  ["mobilenetV2", "total", 3538984],
  ["xception", "total", 22910480],
  ["efficientnetB0", "trainable", 5288548],
];

describe("published totals", () => {
  test.each(published)("%s", (id, which, count) => {
    expect(analysisOf(id).totals.parameters[which]).toBe(count);
  });
});

describe("the gallery", () => {
  test("every network has a name of its own and opens without errors and warnings", () => {
    expect(new Set(zoo.map(({ id }) => id)).size).toBe(zoo.length);
    expect(new Set(zoo.map(({ name }) => name)).size).toBe(zoo.length);
    for (const { id } of zoo) {
      const { totals, problems } = analysisOf(id);
      expect([id, totals.status]).toEqual([id, "exact"]);
      expect(problems.filter(({ severity }) => severity !== "information")).toEqual([]);
    }
  });

  test("ResNet-152 is read at a glance", () => {
    const network = zoo.find(({ id }) => id === "resnet152")!;
    expect(zooText(network)).toBe(`{
  "version": 1,
  "name": "ResNet-152",
  "nodes": {
    "image": { "type": "input", "shape": [224, 224, 3] },
    "conv1": { "type": "convBlock", "from": "image", "filters": 64, "kernelSize": 7, "strides": 2, "padding": 3 },
    "pool1": { "type": "maxPooling2d", "from": "conv1", "poolSize": 3, "strides": 2, "padding": 1 },
    "conv2": { "type": "residualBlock", "from": "pool1", "filters": 64, "bottleneck": true, "strideOn": "1x1", "repeat": 3 },
    "conv3": { "type": "residualBlock", "from": "conv2", "filters": 128, "strides": 2, "bottleneck": true, "strideOn": "1x1", "repeat": 8 },
    "conv4": { "type": "residualBlock", "from": "conv3", "filters": 256, "strides": 2, "bottleneck": true, "strideOn": "1x1", "repeat": 36 },
    "conv5": { "type": "residualBlock", "from": "conv4", "filters": 512, "strides": 2, "bottleneck": true, "strideOn": "1x1", "repeat": 3 },
    "average": { "type": "globalAveragePooling2d", "from": "conv5" },
    "output": { "type": "dense", "from": "average", "units": 1000, "activation": "softmax" }
  }
}
`);
  });
});
