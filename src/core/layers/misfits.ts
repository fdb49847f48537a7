import type { Misfit } from "./layer.ts";
import { formatShape, type Shape } from "./shape.ts";

/** The misfit of a layer that works on images but is given something else. */
export function needsFeatureMap(input: Shape | undefined): Misfit {
  return {
    misfit: `needs a feature map of height × width × channels, not ${describe(input)}`,
  };
}

/** The misfit of a layer that works on vectors but is given something else. */
export function needsVector(input: Shape | undefined): Misfit {
  return { misfit: `needs a vector, not ${describe(input)}: flatten or pool it first` };
}

/** The misfit of a padding or cropping layer that is given a rule in place of rows and columns. */
export function needsNumbers(rule: "same" | "valid", option: string): Misfit {
  return {
    misfit: `needs a number of rows and columns: "${rule}" is for layers with a window`,
    option,
  };
}

function describe(input: Shape | undefined): string {
  if (input === undefined) return "nothing";
  return input.length === 1 ? `a vector of ${formatShape(input)} values` : formatShape(input);
}
