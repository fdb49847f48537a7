import fs from "node:fs/promises";
import decodeBmp from "decode-bmp";
import type { Sharp, SharpOptions } from "sharp";
import { t } from "../../core/text/t.ts";
import { TrainingFailure } from "../trainingFailure.ts";

/** What every image of a data set is made to. */
export interface ImageForm {
  readonly height: number;
  readonly width: number;
  /** 1 grey, 3 red, green and blue, 4 these and opacity. */
  readonly channels: 1 | 3 | 4;
  /** What becomes of an image of another form, by the names of CSS. */
  readonly crop: "cover" | "contain" | "fill";
}

/** Larger images are taken for damaged or hostile ones; `imageFault` says how many. */
export const mostPixels = 100_000_000;

/** Names of files that are images. */
export const imageName = /\.(?:png|jpe?g|webp|bmp|gif|tiff?|avif)$/i;

type LoadSharp = () => Promise<(typeof import("sharp"))["default"]>;

/** Decodes one image upright, in sRGB, to bytes of the given form; throws what is wrong with it. */
export async function decodeImage(file: string, form: ImageForm): Promise<Uint8Array> {
  const { height, width, channels, crop } = form;
  const image = (await openImage(file))
    .resize({
      width,
      height,
      fit: crop,
      kernel: "lanczos3",
      background: { r: 0, g: 0, b: 0, alpha: 1 },
    })
    .toColourspace("srgb");
  const opaque = channels === 4 ? image.ensureAlpha() : image.removeAlpha();
  const { data, info } = await opaque.raw().toBuffer({ resolveWithObject: true });
  if (info.channels === channels) return data;
  if (info.channels === 3 && channels === 1) return luma(data);
  throw new Error(`has ${info.channels} channels`);
}

/** Height and width of an image, upright, and its channels, from what stands before its pixels; throws what is wrong. */
export async function imageExtents(
  file: string,
): Promise<{ readonly height: number; readonly width: number; readonly channels: number }> {
  if (/\.bmp$/i.test(file)) return bmpExtents(file);
  const sharp = await loadSharp();
  const { autoOrient, channels } = await sharp(file, { limitInputPixels: mostPixels }).metadata();
  return { ...autoOrient, channels };
}

async function bmpExtents(file: string) {
  const handle = await fs.open(file);
  try {
    const header = Buffer.alloc(30);
    await handle.read(header, 0, header.length, 0);
    const [width, height] = [header.readInt32LE(18), header.readInt32LE(22)].map(Math.abs);
    return {
      height: height ?? 0,
      width: width ?? 0,
      channels: header.readUInt16LE(28) > 24 ? 4 : 3,
    };
  } finally {
    await handle.close();
  }
}

/** An image that can be worked on, upright. */
async function openImage(file: string): Promise<Sharp> {
  const sharp = await loadSharp();
  const limits = { limitInputPixels: mostPixels, failOn: "error" } as const satisfies SharpOptions;
  if (!/\.bmp$/i.test(file)) {
    return sharp(file, limits).autoOrient();
  }
  const { data, ...raw } = readBmp(await fs.readFile(file));
  return sharp(data, { ...limits, raw });
}

/** sharp lacks BMP. */
function readBmp(content: Buffer) {
  if (content.length < 30 || content.toString("latin1", 0, 2) !== "BM") {
    throw new Error("is no BMP file");
  }
  if (Math.abs(content.readInt32LE(18) * content.readInt32LE(22)) > mostPixels) {
    throw new Error("Input image exceeds pixel limit");
  }
  const { data, width, height } = decodeBmp(content);
  return {
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
    width,
    height,
    channels: 4 as const,
  };
}

/** Grey as television and Pillow weigh it (ITU-R BT.601). */
function luma(colours: Uint8Array): Uint8Array {
  const grey = new Uint8Array(colours.length / 3);
  for (let at = 0; at < grey.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = colours.subarray(3 * at, 3 * at + 3);
    grey[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return grey;
}

let loading: ReturnType<LoadSharp> | undefined;

/** The image library, once for the process; a failure in words where it cannot be loaded. */
const loadSharp: LoadSharp = () => (loading ??= importSharp());

async function importSharp(): ReturnType<LoadSharp> {
  try {
    const { default: sharp } = await import("sharp");
    // Every image is used once, and several are decoded side by side.
    sharp.cache(false);
    sharp.concurrency(1);
    return sharp;
  } catch (error) {
    throw new TrainingFailure(
      "datasetBroken",
      t(
        "Images cannot be decoded here: the library sharp could not be loaded ({0}).",
        error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error),
      ),
      t(
        "Run npm install in the folder of CNN Architect, or install the extension again. Data sets of other kinds need no image library.",
      ),
    );
  }
}

/** What is wrong with an image, in a few English words, which are translated where they are said: a cache keeps them. */
export function imageFault(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/pixel limit/i.test(message)) return "has more than 100 million pixels";
  if (/EACCES|EPERM|permission/i.test(message)) return "may not be read";
  if (/unsupported image format|is no /i.test(message)) {
    return "is no image, or of a kind that is not read";
  }
  // What libvips says of damaged files is of little use, and where several are decoded at once it may belong to another.
  return "is cut off or damaged";
}
