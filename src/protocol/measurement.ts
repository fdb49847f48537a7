import * as v from "valibot";
import { parseTrainerEvent } from "./parseTrainerMessage.ts";
import type { EngineDescription, TrainerEvent } from "./trainer.ts";

/** Engines that are compared, the one first that is the fastest on most machines. */
export const measuredEngines = ["tfjs-node", "wasm", "webgpu"] as const;

export type MeasuredEngine = (typeof measuredEngines)[number];

/** Asks a trainer process to train a few steps on one engine; it says phases, answers once and ends. */
export interface MeasureRequest {
  readonly type: "measure";
  /** Text of the design. */
  readonly text: string;
  readonly engine: MeasuredEngine;
  /** Directories to look for the native engine in, best first. */
  readonly engineDirectories: readonly string[];
  /** Path of the design's file, from which paths to data lead; absent where it has none. */
  readonly designFile?: string;
}

/** How fast an engine trains a design: medians of several short windows after warm-up. */
export interface Measurement {
  readonly type: "measured";
  readonly engine: EngineDescription;
  /** What it was trained on. */
  readonly dataset: string;
  /** Why these are made-up images; absent where they are of the data set that the design names. */
  readonly substituted?: string;
  readonly batchSize: number;
  readonly imagesPerSecond: number;
  readonly stepSeconds: number;
  /** Largest memory of the trainer's process; what lies on a graphics adapter is not in it. */
  readonly peakBytes: number;
  /** Steps in the windows. */
  readonly steps: number;
  readonly windows: number;
}

/** How fast it is, or why it cannot. */
export type MeasureAnswer = Measurement | (TrainerEvent & { readonly type: "failed" });

/** What the trainer is doing until it answers. */
export type MeasurePhase = TrainerEvent & { readonly type: "phase" };

const request = v.object({
  type: v.literal("measure"),
  text: v.string(),
  engine: v.picklist(measuredEngines),
  engineDirectories: v.array(v.string()),
  designFile: v.exactOptional(v.string()),
}) satisfies v.GenericSchema<unknown, MeasureRequest>;

const positive = v.pipe(v.number(), v.finite(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));

const measurement = v.object({
  type: v.literal("measured"),
  engine: v.object({ name: v.string(), detail: v.string() }),
  dataset: v.string(),
  substituted: v.exactOptional(v.string()),
  batchSize: count,
  imagesPerSecond: positive,
  stepSeconds: positive,
  peakBytes: positive,
  steps: count,
  windows: count,
}) satisfies v.GenericSchema<unknown, Measurement>;

/** What the host asked, or `undefined` where it is something else. */
export function parseMeasureRequest(message: unknown): MeasureRequest | undefined {
  const result = v.safeParse(request, message);
  return result.success ? result.output : undefined;
}

/** What the trainer process said of a measurement, or `undefined` where it is something else. */
export function parseMeasureMessage(message: unknown): MeasureAnswer | MeasurePhase | undefined {
  const result = v.safeParse(measurement, message);
  if (result.success) {
    return result.output;
  }
  const event = parseTrainerEvent(message);
  return event?.type === "failed" || event?.type === "phase" ? event : undefined;
}
