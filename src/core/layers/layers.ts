import { conv2d } from "./conv2d.ts";
import type { LayerDefinition } from "./layer.ts";
import type { OptionValues } from "./option.ts";

/** Every layer by its type; adding one is a file and a line here. */
export const layers = {
  conv2d,
} as const satisfies Readonly<Record<string, LayerDefinition>>;

export type LayerType = keyof typeof layers;

/** Options of one type of layer after reading. */
export type LayerOptions<K extends LayerType> = OptionValues<(typeof layers)[K]["options"]>;

/** The definition of a type, or `undefined` where a file names one that does not exist. */
export function layerDefinition(type: string): LayerDefinition | undefined {
  return Object.hasOwn(layers, type) ? layers[type as LayerType] : undefined;
}
