import { defineLayer } from "./layer.ts";
import { inferMerge } from "./merge.ts";

/** Keeps the largest of its inputs value by value; shapes must agree. */
export const maximum = defineLayer({
  type: "maximum",
  title: "Maximum",
  category: "join",
  summary: "Keeps the largest of its inputs value by value.",
  inputs: { minimum: 2, maximum: Infinity },
  options: {},
  infer(inputs) {
    return inferMerge(inputs);
  },
});
