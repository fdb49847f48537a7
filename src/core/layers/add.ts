import { defineLayer } from "./layer.ts";
import { inferMerge } from "./merge.ts";

/** Adds its inputs value by value; shapes must agree. */
export const add = defineLayer({
  type: "add",
  title: "Add",
  category: "join",
  summary: "Adds its inputs value by value.",
  inputs: { minimum: 2, maximum: Infinity },
  options: {},
  infer(inputs) {
    return inferMerge(inputs);
  },
});
