import { defineLayer } from "./layer.ts";
import { inferMerge } from "./merge.ts";

/** Multiplies its inputs value by value; shapes must agree. */
export const multiply = defineLayer({
  type: "multiply",
  title: "Multiply",
  category: "join",
  summary: "Multiplies its inputs value by value.",
  inputs: { minimum: 2, maximum: Infinity },
  options: {},
  infer(inputs) {
    return inferMerge(inputs);
  },
});
