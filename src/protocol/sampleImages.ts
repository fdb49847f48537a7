import * as v from "valibot";

/** Asks a trainer process for a few images of the data set that a design names; it answers once and ends. */
export interface SampleRequest {
  readonly type: "sampleImages";
  /** Text of the design. */
  readonly text: string;
  /** Folder of the design, from which paths in it lead; absent where it has not been saved. */
  readonly directory?: string;
  readonly count: number;
}

/** Images in the shape that the design takes; none where the data set has none to show quickly. */
export interface SampleImages {
  readonly type: "sampleImages";
  readonly imageShape: readonly number[];
  /** Each image as base64 of its bytes, row by row with the channels inmost: 0 is the least of its values, 255 the most. */
  readonly images: readonly string[];
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const sampleRequest = v.object({
  type: v.literal("sampleImages"),
  text: v.string(),
  directory: v.exactOptional(v.string()),
  count: v.pipe(count, v.maxValue(16)),
}) satisfies v.GenericSchema<unknown, SampleRequest>;

const sampleImages = v.object({
  type: v.literal("sampleImages"),
  imageShape: v.array(count),
  images: v.array(v.string()),
}) satisfies v.GenericSchema<unknown, SampleImages>;

/** What the host asked, or `undefined` where it is something else. */
export function parseSampleRequest(message: unknown): SampleRequest | undefined {
  const result = v.safeParse(sampleRequest, message);
  return result.success ? result.output : undefined;
}

/** What the trainer process answered, or `undefined` where it is something else. */
export function parseSampleImages(message: unknown): SampleImages | undefined {
  const result = v.safeParse(sampleImages, message);
  return result.success ? result.output : undefined;
}
