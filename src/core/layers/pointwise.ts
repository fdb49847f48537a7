import type { Inference, Misfit } from "./layer.ts";
import type { Shape } from "./shape.ts";
import { t } from "../text/t.ts";

/** What a layer without weights that works value by value makes of its input: the same shape. */
export function inferPointwise(input: Shape | undefined): Inference | Misfit {
  if (input === undefined) return { misfit: t("needs an input") };
  return { outputShape: input, weights: [], macs: [], window: { type: "pointwise" } };
}
