import { t } from "../../core/text/t.ts";
import type { TrainingGraph } from "../graph/trainingGraph.ts";
import { EngineError } from "./engine.ts";

/** True where a graph computes its products in bfloat16. */
export const needsBfloat16 = ({ operations }: TrainingGraph): boolean =>
  operations.some(({ outputs }) => outputs.some(({ dataType }) => dataType === "bfloat16"));

/** Throws, before the start, where a graph computes its products in bfloat16 and an engine has float32 alone. */
export function refuseBfloat16(engine: string, graph: TrainingGraph): void {
  if (needsBfloat16(graph)) {
    throw new EngineError(
      "unsupported",
      t(
        "The {0} engine computes in float32 alone, and the recipe asks for the precision mixedBfloat16. It can train the design with the precision float32.",
        engine,
      ),
    );
  }
}
