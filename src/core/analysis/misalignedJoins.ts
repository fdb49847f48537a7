import type { Network, NetworkLayer } from "../network/network.ts";
import type { LayerAnalysis, ReceptiveField } from "./analysis.ts";

/** A layer at which branches come together whose units look at different places of the image. */
export interface MisalignedJoin {
  readonly layer: NetworkLayer;
  /** The first two branches, aligned in themselves. */
  readonly fields: readonly [ReceptiveField, ReceptiveField];
}

/** Every join where the misalignment begins; what stands behind it only inherits it. */
export function* misalignedJoins(
  network: Network,
  layerById: ReadonlyMap<string, LayerAnalysis>,
): Generator<MisalignedJoin> {
  const enlarged = new Set<number>();
  const isEnlarged = (source: number) => enlarged.has(source);
  for (const layer of network.layers) {
    // An enlarged map lies between the pixels of what it was made from; to join it is what it is for.
    if (enlarges(layer) || (enlarged.size > 0 && layer.sources.some(isEnlarged))) {
      enlarged.add(layer.index);
      continue;
    }
    if (layer.inputs.length < 2) continue;
    if (layerById.get(layer.id)?.receptiveField?.aligned !== false) continue;
    const fields = layer.inputs.map((input) => layerById.get(input)?.receptiveField);
    const [one, other] = fields.filter((field) => field?.aligned === true);
    if (one !== undefined && other !== undefined) yield { layer, fields: [one, other] };
  }
}

function enlarges({ inference }: NetworkLayer): boolean {
  const window = inference?.window;
  return window?.type === "local" && (window.height.upsampling ?? window.width.upsampling ?? 1) > 1;
}
