import type { Shape } from "../../core/layers/shape.ts";
import type { Pixels } from "./pixels.ts";

/** Images with the number of each one's class. */
export interface LabelledPixels {
  readonly pixels: Pixels;
  readonly labels: Uint16Array;
  /** Numbers of the images that can be used; absent where all can. */
  readonly usable?: Uint32Array;
}

/** A data set as its files hold it, before it is cut and fitted to a design. */
export interface SourceDataset {
  readonly name: string;
  /** Height, width and channels, or the length of a vector. */
  readonly imageShape: Shape;
  readonly classNames: readonly string[];
  readonly training: LabelledPixels;
  /** Absent where the files name no images to validate: then they are taken from the training images. */
  readonly validation?: LabelledPixels;
  /** Absent where the files name no images to test with: then they are taken from the training images. */
  readonly test?: LabelledPixels;
  /** What a person should know. */
  readonly notes: readonly string[];
}

/** How far something long has come. */
export interface LoadingProgress {
  readonly done: number;
  readonly total: number;
}

/** What reading a data set may use. */
export interface Surroundings {
  /** The folder of the design, from which paths lead; absent where it has not been saved. */
  readonly directory: string | undefined;
  /** Folder for prepared images. */
  readonly cache: string;
  /** Aborted where a person wants it no longer. */
  readonly signal: AbortSignal;
  readonly report: (progress: LoadingProgress) => void;
}
