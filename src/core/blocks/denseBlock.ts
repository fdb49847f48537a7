import { defineBlock } from "./block.ts";
import { denseUnitOptions } from "./denseUnit.ts";

/** Dense block (Huang et al. 2016, arXiv:1608.06993): each layer reads all before it and adds `growthRate` channels. */
export const denseBlock = defineBlock({
  type: "denseBlock",
  title: "Dense Block",
  category: "block",
  summary: "Layers that each read everything before them.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    layers: {
      kind: "integer",
      minimum: 1,
      maximum: 1000,
      description: "Number of layers in the block.",
    },
    ...denseUnitOptions,
  },
  expand(_inputs, { layers, ...unit }) {
    return {
      nodes: { layer: { type: "denseUnit", from: "input", ...unit, repeat: layers } },
      output: "layer",
    };
  },
});
