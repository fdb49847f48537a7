import { t } from "../../core/text/t.ts";
import type { Slot, Variable } from "../graph/trainingGraph.ts";
import { EngineError } from "./engine.ts";
import { countOf } from "./shapes.ts";

/** The values given for a variable; throws `EngineError` where they are not as many as it has. */
export function valuesFor(
  { name, shape }: Variable,
  values: Float32Array | undefined,
): Float32Array {
  const count = countOf(shape);
  if (values?.length !== count) {
    throw new EngineError(
      "failed",
      t("{0} needs {1} values and got {2}", name, count, values?.length ?? 0),
    );
  }
  return values;
}

/** What a slot holds before the first step. */
export const initialValues = ({ shape, initial }: Slot): Float32Array =>
  new Float32Array(countOf(shape)).fill(initial);
