/** Options that normalizations share, with Keras' names and defaults. */
export const normalizationOptions = {
  epsilon: {
    kind: "number",
    exclusiveMinimum: 0,
    default: 0.001,
    description: "Added to the variance, so that it is never zero.",
  },
  center: { kind: "boolean", default: true, description: "Adds a trained shift, beta." },
  scale: { kind: "boolean", default: true, description: "Multiplies by a trained scale, gamma." },
} as const;
