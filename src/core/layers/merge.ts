import type { Inference, Misfit } from "./layer.ts";
import { formatShape, type Shape } from "./shape.ts";
import { t } from "../text/t.ts";

/** What a join that works value by value makes of its inputs; axes of extent 1 are stretched, as in Keras. */
export function inferMerge(inputs: readonly Shape[]): Inference | Misfit {
  const [first] = inputs;
  if (first === undefined) return { misfit: t("needs an input") };
  let shape: Shape = first;
  for (const input of inputs.slice(1)) {
    const joined = broadcast(shape, input);
    if (joined === undefined) return mismatch(inputs);
    shape = joined;
  }
  return { outputShape: shape, weights: [], macs: [], window: { type: "pointwise" } };
}

function broadcast(one: Shape, other: Shape): Shape | undefined {
  if (one.length !== other.length) return undefined;
  const joined: number[] = [];
  for (const [axis, extent] of one.entries()) {
    const second = other[axis] ?? 0;
    if (extent !== second && extent !== 1 && second !== 1) return undefined;
    joined.push(Math.max(extent, second));
  }
  return joined;
}

function mismatch(inputs: readonly Shape[]): Misfit {
  const different = [...new Set(inputs.map(formatShape))];
  const names = different.reduce((all, one) => t("{0} and {1}", all, one));
  return { misfit: whatDiffers(names, inputs) };
}

function whatDiffers(names: string, inputs: readonly Shape[]): string {
  const channels = new Set(inputs.map((input) => input.at(-1)));
  const sizes = new Set(inputs.map((input) => formatShape(input.slice(0, -1))));
  if (sizes.size === 1) return t("cannot join {0}: their channels differ", names);
  return channels.size === 1
    ? t("cannot join {0}: their sizes differ", names)
    : t("cannot join {0}: their shapes differ", names);
}
