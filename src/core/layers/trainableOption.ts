/** Every layer with weights has this, as in Keras. */
export const trainableOption = {
  kind: "boolean",
  default: true,
  description: "Off: its weights stay as they are, and a batch normalization uses its averages.",
} as const;
