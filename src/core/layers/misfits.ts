import type { Misfit } from "./layer.ts";
import { formatShape, type Shape } from "./shape.ts";
import { t } from "../text/t.ts";

/** The misfit of a layer that works on images but is given something else. */
export function needsFeatureMap(input: Shape | undefined): Misfit {
  return {
    misfit: t("needs a feature map of height × width × channels, not {0}", describe(input)),
  };
}

/** The misfit of a layer that works on vectors but is given something else. */
export function needsVector(input: Shape | undefined): Misfit {
  return { misfit: t("needs a vector, not {0}: flatten or pool it first", describe(input)) };
}

/** The misfit of a padding or cropping layer that is given a rule in place of rows and columns. */
export function needsNumbers(rule: "same" | "valid", option: string): Misfit {
  return {
    misfit: t('needs a number of rows and columns: "{0}" is for layers with a window', rule),
    option,
  };
}

function describe(input: Shape | undefined): string {
  if (input === undefined) return t("nothing");
  return input.length === 1 ? t("a vector of {0} values", formatShape(input)) : formatShape(input);
}
