import { reportLimits, type SizesReport } from "../../../protocol/datasetReport.ts";

interface Size {
  readonly height: number;
  readonly width: number;
}

/** Counts the sizes and channels of images; beyond so many different sizes, new ones are no longer told apart. */
export class ImageSizes {
  readonly #most: number;
  readonly #sizes = new Map<string, Size & { images: number }>();
  readonly #channels = new Map<number, number>();
  #smallest: Size | undefined;
  #largest: Size | undefined;
  #isComplete = true;

  constructor(most = 100_000) {
    this.#most = most;
  }

  add({ height, width, channels }: Size & { readonly channels: number }, images = 1): void {
    if (images === 0) return;
    const size = { height, width };
    const area = height * width;
    if (this.#smallest === undefined || area < areaOf(this.#smallest)) this.#smallest = size;
    if (this.#largest === undefined || area > areaOf(this.#largest)) this.#largest = size;
    this.#channels.set(channels, (this.#channels.get(channels) ?? 0) + images);
    const key = `${height} ${width}`;
    const known = this.#sizes.get(key);
    if (known !== undefined) known.images += images;
    else if (this.#sizes.size < this.#most) this.#sizes.set(key, { ...size, images });
    else this.#isComplete = false;
  }

  /** Undefined where there was no image. */
  get report(): SizesReport | undefined {
    if (this.#smallest === undefined || this.#largest === undefined) return undefined;
    return {
      smallest: this.#smallest,
      largest: this.#largest,
      distinct: this.#sizes.size,
      isComplete: this.#isComplete,
      common: [...this.#sizes.values()]
        .toSorted((a, b) => b.images - a.images || areaOf(a) - areaOf(b) || a.height - b.height)
        .slice(0, reportLimits.sizes),
      channels: [...this.#channels]
        .map(([channels, images]) => ({ channels, images }))
        .toSorted((a, b) => b.images - a.images)
        .slice(0, reportLimits.sizes),
    };
  }
}

const areaOf = ({ height, width }: Size): number => height * width;
