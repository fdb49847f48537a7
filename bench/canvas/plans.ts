// Prints every design of the benchmark as the plan of an ONNX graph.
import { benchDesigns } from "./designs.ts";
import { onnxPlan, type OnnxPlan } from "./onnxPlan.ts";

/** What is printed, as JSON: a list of these. */
export interface DesignPlan {
  readonly id: string;
  readonly plan: OnnxPlan;
}

const plans = benchDesigns().map(({ id, text }): DesignPlan => ({ id, plan: onnxPlan(text) }));
process.stdout.write(JSON.stringify(plans));
