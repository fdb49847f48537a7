import { activationOption } from "./activations.ts";
import {
  biasInitializerOption,
  kernelInitializerOption,
  kernelRegularizerOption,
  useBiasOption,
} from "./convolutionOptions.ts";
import { defineLayer } from "./layer.ts";
import { needsVector } from "./misfits.ts";
import { biasWeight, kernelWeight } from "./weight.ts";
import { trainableOption } from "./trainableOption.ts";

/** Fully connected layer on a vector: kernel `[inputs, units]`. */
export const dense = defineLayer({
  type: "dense",
  title: "Dense",
  category: "dense",
  summary: "Connects every input with every unit.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    units: { kind: "integer", minimum: 1, description: "Number of output values." },
    activation: activationOption,
    useBias: useBiasOption,
    kernelInitializer: kernelInitializerOption,
    biasInitializer: biasInitializerOption,
    kernelRegularizer: kernelRegularizerOption,
    trainable: trainableOption,
  },
  infer([input], options) {
    const { units } = options;
    const [length] = input ?? [];
    if (length === undefined || input?.length !== 1) return needsVector(input);
    return {
      outputShape: [units],
      weights: [
        kernelWeight([length, units], [length, units], options),
        ...biasWeight(units, options),
      ],
      macs: [[length, units]],
      window: { type: "all" },
    };
  },
});
