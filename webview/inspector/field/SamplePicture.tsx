import { useEffect, useRef } from "react";
import type { Shape } from "../../../src/core/layers/shape.ts";

interface SamplePictureProps {
  /** Bytes of the image in base64. */
  readonly bytes: string;
  readonly image: Shape;
  /** Size in pixels of the page. */
  readonly width: number;
  readonly height: number;
}

/** Grey from one channel, colour from the first three. */
function pixelsOf(bytes: string, [height = 1, width = 1, channels = 1]: Shape): ImageData {
  const values = Uint8Array.from(atob(bytes), (letter) => letter.codePointAt(0) ?? 0);
  const pixels = new ImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (const color of [0, 1, 2]) {
      const channel = channels < 3 ? 0 : color;
      pixels.data[4 * pixel + color] = values[pixel * channels + channel] ?? 0;
    }
    pixels.data[4 * pixel + 3] = 255;
  }
  return pixels;
}

/** One image of the data set. */
export function SamplePicture({ bytes, image, width, height }: SamplePictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext("2d")?.putImageData(pixelsOf(bytes, image), 0, 0);
  }, [bytes, image]);
  return (
    <canvas
      ref={canvas}
      className="window-sample"
      width={image[1]}
      height={image[0]}
      style={{ width, height }}
      aria-hidden="true"
      data-testid="sample"
    />
  );
}
