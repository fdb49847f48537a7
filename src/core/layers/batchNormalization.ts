import { defineLayer } from "./layer.ts";

/**
 * Normalises each channel by the mean and variance of the mini-batch (Ioffe and Szegedy 2015), and by moving
 * averages in inference. Two vectors are trained (`gamma`, `beta`), two are counted apart (`movingMean`, `movingVariance`).
 */
export const batchNormalization = defineLayer({
  type: "batchNormalization",
  title: "BatchNormalization",
  category: "normalization",
  summary: "Brings each channel to mean 0 and variance 1, then scales and shifts it.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    momentum: {
      kind: "number",
      minimum: 0,
      maximum: 1,
      default: 0.99,
      description: "Share of the old value in each step of the moving averages.",
    },
    epsilon: {
      kind: "number",
      exclusiveMinimum: 0,
      default: 0.001,
      description: "Added to the variance, so that it is never zero.",
    },
    center: { kind: "boolean", default: true, description: "Adds a trained shift, beta." },
    scale: { kind: "boolean", default: true, description: "Multiplies by a trained scale, gamma." },
  },
  infer([input], { center, scale }) {
    const channels = input?.at(-1);
    if (input === undefined || channels === undefined) return { misfit: "needs an input" };
    const shape = [channels];
    return {
      outputShape: input,
      weights: [
        ...(scale ? [{ name: "gamma", shape, trainable: true, initializer: "ones" } as const] : []),
        ...(center
          ? [{ name: "beta", shape, trainable: true, initializer: "zeros" } as const]
          : []),
        { name: "movingMean", shape, trainable: false, initializer: "zeros" },
        { name: "movingVariance", shape, trainable: false, initializer: "ones" },
      ],
      macs: [],
      window: { type: "pointwise" },
    };
  },
});
