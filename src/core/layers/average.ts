import { defineLayer } from "./layer.ts";
import { inferMerge } from "./merge.ts";

/** Takes the mean of its inputs value by value; shapes must agree. */
export const average = defineLayer({
  type: "average",
  title: "Average",
  category: "join",
  summary: "Takes the mean of its inputs value by value.",
  inputs: { minimum: 2, maximum: Infinity },
  options: {},
  infer(inputs) {
    return inferMerge(inputs);
  },
});
