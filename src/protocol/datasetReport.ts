import * as v from "valibot";
import { parseTrainerEvent } from "./parseTrainerMessage.ts";
import type { TrainerEvent } from "./trainer.ts";

/** What a report names at most; counts are always of all. */
export const reportLimits = {
  classes: 1_000,
  broken: 200,
  duplicates: 100,
  /** Images of one content. */
  sameImages: 12,
  sizes: 20,
  samples: 120,
  samplesOfClass: 8,
} as const;

/** Parts of a data set, in the order in which a report has them. */
export const datasetParts = ["training", "validation", "test"] as const;

export type DatasetPart = (typeof datasetParts)[number];

/** Asks a trainer process to look through the data set that a design names; it says how far it is, answers once and ends. */
export interface InspectRequest {
  readonly type: "inspectDataset";
  /** Text of the design. */
  readonly text: string;
  /** Folder of the design, from which paths in it lead; absent where it has not been saved. */
  readonly directory?: string;
}

/** How far it is: `reading` and decoding the files, or `comparing` contents; `total` 0: of nobody knows how many. */
export interface InspectProgress {
  readonly type: "inspectProgress";
  readonly step: "reading" | "comparing" | "measuring";
  readonly done: number;
  readonly total: number;
}

/** The images of one part, as a training with the same seed takes them. */
export interface PartReport {
  readonly part: DatasetPart;
  readonly images: number;
  /** True where the recipe takes them from images to train on, because the files name none for this part. */
  readonly isCut: boolean;
}

export interface ClassReport {
  readonly name: string;
  /** Images in each part, in the order of `parts`. */
  readonly counts: readonly number[];
}

/** Sizes of the images in their files. */
export interface SizesReport {
  readonly smallest: { readonly height: number; readonly width: number };
  readonly largest: { readonly height: number; readonly width: number };
  /** Different sizes, as far as they were told apart. */
  readonly distinct: number;
  /** False where there were too many sizes to tell all of them apart. */
  readonly isComplete: boolean;
  /** The most frequent ones first. */
  readonly common: readonly {
    readonly height: number;
    readonly width: number;
    readonly images: number;
  }[];
  readonly channels: readonly { readonly channels: number; readonly images: number }[];
}

/** One of several images that have the same content. */
export interface SameImage {
  /** A file below `folder`, or `#` and the number of the image in its part of the files, from 0. */
  readonly name: string;
  readonly part: DatasetPart;
  /** Name of its class. */
  readonly label: string;
}

export interface DuplicatesReport {
  /** Contents that more than one image has. */
  readonly groups: number;
  /** Images that repeat one before them. */
  readonly images: number;
  /** Contents that are in more than one part, by which what was trained on is tested. */
  readonly acrossParts: number;
  /** Contents that have more than one class. */
  readonly acrossClasses: number;
  /** The worst ones first: across parts, across classes, then the most frequent. */
  readonly listed: readonly { readonly count: number; readonly images: readonly SameImage[] }[];
}

/** A training image, small enough to be one of many. */
export interface SampleReport {
  /** Number of its class. */
  readonly label: number;
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** Base64 of its bytes, row by row with the channels inmost. */
  readonly pixels: string;
}

/** What is in a data set. */
export interface DatasetReport {
  readonly type: "datasetReport";
  readonly name: string;
  /** Folder from which the names of images lead; absent where images have no files of their own. */
  readonly folder?: string;
  /** Height, width and channels that a training gets, or the length of a vector. */
  readonly imageShape: readonly number[];
  readonly parts: readonly PartReport[];
  readonly classCount: number;
  readonly classes: readonly ClassReport[];
  /** Classes without an image to train on. */
  readonly emptyClasses: { readonly count: number; readonly names: readonly string[] };
  /** Absent where the data set holds vectors, or no images. */
  readonly sizes?: SizesReport;
  /** Of each channel, over the images that are trained on, with values from 0 to 1; absent where there are none. */
  readonly normalization?: {
    readonly mean: readonly number[];
    readonly deviation: readonly number[];
  };
  readonly broken: {
    readonly count: number;
    readonly listed: readonly { readonly name: string; readonly why: string }[];
  };
  readonly duplicates: DuplicatesReport;
  readonly samples: readonly SampleReport[];
  /** Why a training on it would not start, and what helps; absent where it would. */
  readonly obstacle?: string;
}

/** What is in it, or why that cannot be known. */
export type InspectAnswer = DatasetReport | (TrainerEvent & { readonly type: "failed" });

const request = v.object({
  type: v.literal("inspectDataset"),
  text: v.string(),
  directory: v.exactOptional(v.string()),
}) satisfies v.GenericSchema<unknown, InspectRequest>;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** At most so many, each of them whole. */
const list = <T extends v.GenericSchema>(item: T, most: number) =>
  v.pipe(v.array(item), v.maxLength(most));
const part = v.picklist(datasetParts);
const extents = v.object({ height: count, width: count });

const progress = v.object({
  type: v.literal("inspectProgress"),
  step: v.picklist(["reading", "comparing", "measuring"]),
  done: count,
  total: count,
}) satisfies v.GenericSchema<unknown, InspectProgress>;

const report = v.object({
  type: v.literal("datasetReport"),
  name: v.string(),
  folder: v.exactOptional(v.string()),
  imageShape: list(count, 3),
  parts: list(v.object({ part, images: count, isCut: v.boolean() }), datasetParts.length),
  classCount: count,
  classes: list(
    v.object({ name: v.string(), counts: list(count, datasetParts.length) }),
    reportLimits.classes,
  ),
  emptyClasses: v.object({ count, names: list(v.string(), reportLimits.classes) }),
  sizes: v.exactOptional(
    v.object({
      smallest: extents,
      largest: extents,
      distinct: count,
      isComplete: v.boolean(),
      common: list(v.object({ ...extents.entries, images: count }), reportLimits.sizes),
      channels: list(v.object({ channels: count, images: count }), reportLimits.sizes),
    }),
  ),
  normalization: v.exactOptional(
    v.object({ mean: v.array(v.number()), deviation: v.array(v.number()) }),
  ),
  broken: v.object({
    count,
    listed: list(v.object({ name: v.string(), why: v.string() }), reportLimits.broken),
  }),
  duplicates: v.object({
    groups: count,
    images: count,
    acrossParts: count,
    acrossClasses: count,
    listed: list(
      v.object({
        count,
        images: list(
          v.object({ name: v.string(), part, label: v.string() }),
          reportLimits.sameImages,
        ),
      }),
      reportLimits.duplicates,
    ),
  }),
  samples: list(
    v.object({
      label: count,
      name: v.string(),
      height: count,
      width: count,
      channels: v.picklist([1, 3]),
      pixels: v.string(),
    }),
    reportLimits.samples,
  ),
  obstacle: v.exactOptional(v.string()),
}) satisfies v.GenericSchema<unknown, DatasetReport>;

/** What the host asked, or `undefined` where it is something else. */
export function parseInspectRequest(message: unknown): InspectRequest | undefined {
  const result = v.safeParse(request, message);
  return result.success ? result.output : undefined;
}

/** What the trainer process said of a data set, or `undefined` where it is something else. */
export function parseInspectMessage(message: unknown): InspectAnswer | InspectProgress | undefined {
  for (const schema of [progress, report]) {
    const result = v.safeParse(schema, message);
    if (result.success) return result.output;
  }
  const event = parseTrainerEvent(message);
  return event?.type === "failed" ? event : undefined;
}
