import { formatNumber } from "../../src/core/design/words.ts";
import { t } from "../text/t.ts";
import type { Picture } from "./drawPicture.ts";
import type { DrawnPicture } from "./drawnPicture.ts";

/** Larger canvases stay empty in Chromium, or take gigabytes. */
const LONGEST_SIDE = 16_000;
const MOST_PIXELS = 100_000_000;

/** Why a picture is too large at this scale, or `undefined` where it is not. */
export function tooLarge({ width, height }: Picture, scale: number): string | undefined {
  const [across, down] = [width * scale, height * scale];
  return across > LONGEST_SIDE || down > LONGEST_SIDE || across * down > MOST_PIXELS
    ? t(
        "As PNG this picture would have {0} × {1} pixels, which is too much. Choose a smaller scale, close some blocks, or save it as SVG.",
        formatNumber(across),
        formatNumber(down),
      )
    : undefined;
}

/** The pixels of a picture as PNG. */
export async function rasterize(picture: Picture, scale: number): Promise<DrawnPicture> {
  const refused = tooLarge(picture, scale);
  if (refused !== undefined) {
    return { refused };
  }
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.width * scale;
  canvas.height = picture.height * scale;
  const context = canvas.getContext("2d");
  context?.scale(scale, scale);
  context?.drawImage(image, 0, 0, picture.width, picture.height);
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, "image/png");
  });
  if (blob === null) {
    throw new Error(`no PNG of ${canvas.width} × ${canvas.height}`);
  }
  return { content: new Uint8Array(await blob.arrayBuffer()) };
}
