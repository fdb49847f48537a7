import * as v from "valibot";
import { failureCode, parseTrainerEvent } from "./parseTrainerMessage.ts";
import type { EpochResult, MetricsLine, RunRecord } from "./run.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const epochResult = v.object({
  epoch: count,
  step: count,
  loss: v.number(),
  accuracy: v.number(),
  validationLoss: v.exactOptional(v.number()),
  validationAccuracy: v.exactOptional(v.number()),
}) satisfies v.GenericSchema<unknown, EpochResult>;

// The first runs had a data set's name alone.
const datasetRecipe = v.union([
  v.looseObject({ type: v.string() }),
  v.pipe(
    v.string(),
    v.transform((type) => ({ type })),
  ),
]);

// The recipe is for people and for training again; what reads it checks it as the design's.
const runRecord = v.object({
  format: v.literal(1),
  name: v.string(),
  status: v.picklist(["running", "completed", "stopped", "paused", "interrupted", "failed"]),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  endedAt: v.exactOptional(v.pipe(v.string(), v.isoTimestamp())),
  process: v.object({
    id: count,
    host: v.string(),
    startedAt: v.exactOptional(v.pipe(v.string(), v.isoTimestamp())),
  }),
  designFile: v.exactOptional(v.string()),
  recipe: v.looseObject({ epochs: count, dataset: v.exactOptional(datasetRecipe) }),
  normalization: v.exactOptional(
    v.object({ mean: v.array(v.number()), deviation: v.array(v.number()) }),
  ),
  engine: v.object({ name: v.string(), detail: v.string() }),
  versions: v.object({ cnnArchitect: v.string(), node: v.string(), platform: v.string() }),
  gitCommit: v.exactOptional(v.string()),
  last: v.exactOptional(epochResult),
  best: v.exactOptional(epochResult),
  testLoss: v.exactOptional(v.number()),
  testAccuracy: v.exactOptional(v.number()),
  seconds: v.exactOptional(v.number()),
  failure: v.exactOptional(
    v.object({ code: failureCode, message: v.string(), hint: v.exactOptional(v.string()) }),
  ),
});

const metricsPoint = v.object({
  type: v.literal("point"),
  epoch: count,
  step: count,
  loss: v.number(),
  accuracy: v.number(),
  learningRate: v.exactOptional(v.number()),
  outputLosses: v.exactOptional(v.array(v.number())),
});

/** What `run.json` says, or `undefined` where it is broken or of another format. */
export function parseRunRecord(text: string): RunRecord | undefined {
  const result = v.safeParse(runRecord, parseJson(text));
  return result.success ? (result.output as unknown as RunRecord) : undefined;
}

/** The lines of `metrics.jsonl` that can be read: a last line that a kill cut in half is left out. */
export function parseMetrics(text: string): readonly MetricsLine[] {
  return text
    .split("\n")
    .map(parseLine)
    .filter((line) => line !== undefined);
}

function parseLine(text: string): MetricsLine | undefined {
  const json = parseJson(text);
  const point = v.safeParse(metricsPoint, json);
  if (point.success) {
    return point.output;
  }
  const event = parseTrainerEvent(json);
  switch (event?.type) {
    case "started":
    case "epoch":
    case "finished":
    case "failed":
      return event;
    case "phase":
    case "progress":
    case "notice":
    case "layers":
    case "times":
    case "rates":
    case undefined:
      return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
