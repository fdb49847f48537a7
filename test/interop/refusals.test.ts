import { describe, expect, it } from "vitest";
import { designOf } from "../core/designOf.ts";
import { askKeras, requestOf } from "./kerasOracle.ts";
import { missingPython } from "./oracle.ts";

const image = { type: "input", shape: [16, 16, 4] };
const window = { from: "image", kernelSize: 3 };
const dilated = { ...window, strides: 2, dilationRate: 2 };

/** Strides and dilation in all combinations that could be refused. */
const { analysis, network } = designOf({
  image,
  a: { type: "conv2d", filters: 4, ...dilated },
  b: { type: "depthwiseConv2d", ...dilated },
  c: { type: "separableConv2d", filters: 4, ...dilated },
  d: { type: "conv2dTranspose", filters: 4, ...dilated },
  e: { type: "depthwiseConv2d", ...window, strides: [1, 2] },
  f: { type: "separableConv2d", filters: 4, ...window, strides: [2, 1] },
  g: { type: "conv2d", filters: 4, ...window, strides: [1, 2] },
  h: { type: "conv2d", filters: 4, ...window, dilationRate: 2 },
  i: { type: "depthwiseConv2d", ...window, strides: 2 },
  j: { type: "conv2dTranspose", filters: 4, ...window, strides: [1, 2] },
});

describe.skipIf(missingPython("keras") !== undefined)("what other frameworks refuse", () => {
  it("is what Keras on TensorFlow refuses when it is asked", async () => {
    const [answer] = await askKeras([requestOf("refusals", network, true)]);
    const refused = Object.entries(answer?.layers ?? {}).flatMap(([id, layer]) =>
      "refused" in layer ? [id] : [],
    );
    const named = analysis.problems.flatMap(({ code, node }) =>
      code === "refusedElsewhere" ? [node] : [],
    );
    expect(refused).toEqual(["a", "d"]);
    expect(named).toEqual(refused);
  });
});
