import { analyzeText } from "../../src/core/analysis/analyze.ts";
import type { ZooNetwork } from "../../src/core/zoo/zooNetwork.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";
import type { Size } from "../canvas/geometry.ts";
import { miniature, type Miniature } from "../miniature/miniature.ts";

/** What a card of the gallery shows once it is worked out. */
export interface Preview {
  readonly miniature: Miniature;
  readonly parameters: number;
  readonly macs: number;
}

/** Size of the picture on a card. */
export const previewSize: Size = { width: 236, height: 64 };

const known = new Map<string, Preview>();

/** The preview of a network that was worked out before. */
export const knownPreview = (id: string): Preview | undefined => known.get(id);

/** Works a network out; this may take a tenth of a second. */
export function previewOf(network: ZooNetwork): Preview {
  const drawn = analyzeText(zooText(network));
  const { parameters, macs } = drawn.analysis.totals;
  const preview = {
    miniature: miniature(drawn, { size: previewSize }),
    parameters: parameters.total,
    macs,
  };
  known.set(network.id, preview);
  return preview;
}
