import { defineLayer } from "./layer.ts";
import { trainableOption } from "./trainableOption.ts";
import { t } from "../text/t.ts";

/** Leaky ReLU with trained slopes below zero (He et al. 2015, arXiv:1502.01852). */
export const prelu = defineLayer({
  type: "prelu",
  title: "PReLU",
  category: "activation",
  summary: "ReLU whose slope below zero is trained.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    slopes: {
      kind: "choice",
      values: ["perValue", "perChannel", "one"],
      default: "perValue",
      description:
        "Slopes that are trained: one for every value as Keras does, for every channel, or one.",
    },
    trainable: trainableOption,
  },
  infer([input], { slopes }) {
    const channels = input?.at(-1);
    if (input === undefined || channels === undefined) return { misfit: t("needs an input") };
    const shapes = { perValue: input, perChannel: [channels], one: [1] };
    return {
      outputShape: input,
      weights: [{ name: "alpha", shape: shapes[slopes], trainable: true, initializer: "zeros" }],
      macs: [],
      window: { type: "pointwise" },
    };
  },
});
