import type { PictureRequest } from "../../src/protocol/picture.ts";
import type { AppState } from "../state/appState.ts";
import { loadLayering } from "../canvas/placeSegment.ts";
import { pictureOf } from "./pictureOf.ts";
import { rasterize } from "./rasterize.ts";

/** A picture in the form of the protocol, or why there is none. */
export type DrawnPicture = { readonly content: string | Uint8Array } | { readonly refused: string };

/** Draws the network as it stands on the canvas: the same blocks open, in the same direction. */
export async function drawnPicture(
  { drawn, view }: AppState,
  request: PictureRequest,
): Promise<DrawnPicture> {
  await loadLayering();
  const flow = view.direction === "down" ? "down" : "right";
  const picture = pictureOf(drawn, { ...view, flow }, request);
  return request.format === "svg" ? { content: picture.svg } : rasterize(picture, request.scale);
}
