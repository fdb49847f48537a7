import { defineLayer } from "./layer.ts";
import { inferPointwise } from "./pointwise.ts";

/** `value · scale + offset`, for example to bring pixels from 0 ... 255 to 0 ... 1. */
export const rescaling = defineLayer({
  type: "rescaling",
  title: "Rescaling",
  category: "normalization",
  summary: "Multiplies every value by a number and adds another.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    scale: { kind: "number", description: "Factor of every value." },
    offset: { kind: "number", default: 0, description: "Added to every value." },
  },
  infer([input]) {
    return inferPointwise(input);
  },
});
