import { reluOption } from "./blockOptions.ts";
import { defineBlock } from "./block.ts";
import { FragmentChain } from "./fragmentChain.ts";

/** Fire module (SqueezeNet, Iandola et al. 2016, arXiv:1602.07360): a narrow 1 × 1, then 1 × 1 and 3 × 3 side by side. */
export const fireBlock = defineBlock({
  type: "fireBlock",
  title: "Fire Block",
  category: "block",
  summary: "Squeezes the channels, then expands them by 1 × 1 and 3 × 3 filters side by side.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    squeeze: { kind: "integer", minimum: 1, description: "Filters of the narrow 1 × 1." },
    expand1x1: { kind: "integer", minimum: 1, description: "Filters of the 1 × 1 behind it." },
    expand3x3: { kind: "integer", minimum: 1, description: "Filters of the 3 × 3 behind it." },
    activation: reluOption,
  },
  expand(_inputs, { squeeze, expand1x1, expand3x3, activation }) {
    const chain = new FragmentChain();
    chain.add("squeeze", "conv2d", { filters: squeeze, kernelSize: 1, activation });
    const branch = (id: string, filters: number, kernelSize: number) =>
      chain.add(id, "conv2d", { filters, kernelSize, padding: "same", activation }, "squeeze");
    const branches = [branch("expand1x1", expand1x1, 1), branch("expand3x3", expand3x3, 3)];
    chain.add("output", "concatenate", {}, branches);
    return { nodes: chain.nodes, output: "output" };
  },
});
