import { defineLayer } from "./layer.ts";
import { needsVector } from "./misfits.ts";

/** Squared distances to fixed codes, the output of LeNet-5 as published (LeCun et al. 1998): `centers [inputs, units]`. */
export const radialBasis = defineLayer({
  type: "radialBasis",
  title: "RadialBasis",
  category: "dense",
  summary: "Measures the distance of its input to one fixed code for each class.",
  inputs: { minimum: 1, maximum: 1 },
  options: { units: { kind: "integer", minimum: 1, description: "Number of codes." } },
  infer([input], { units }) {
    const [length] = input ?? [];
    if (length === undefined || input?.length !== 1) return needsVector(input);
    return {
      outputShape: [units],
      weights: [
        {
          name: "centers",
          shape: [length, units],
          trainable: false,
          initializer: "glorotUniform",
          fans: [length, units],
        },
      ],
      macs: [[length, units]],
      window: { type: "all" },
    };
  },
});
