import * as v from "valibot";
import {
  engineChoices,
  type ExportAnswer,
  type TrainerEvent,
  type TrainerRequest,
} from "./trainer.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));
const engineChoice = v.picklist(engineChoices);
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** Codes of failures, as they stand in messages and in files. */
export const failureCode = v.picklist([
  "designHasErrors",
  "noDataset",
  "datasetMismatch",
  "datasetBroken",
  "weightsUnreadable",
  "engineMissing",
  "engineFailed",
  "unsupportedLayer",
  "notFinite",
  "outOfMemory",
  "diskFailed",
  "crashed",
  "internal",
]);

const trainerEvent = v.variant("type", [
  v.object({
    type: v.literal("phase"),
    phase: v.picklist([
      "loadingEngine",
      "loadingData",
      "compiling",
      "training",
      "evaluating",
      "saving",
    ]),
    progress: v.exactOptional(v.object({ done: count, total: count })),
  }),
  v.object({
    type: v.literal("started"),
    engine: v.object({ name: v.string(), detail: v.string() }),
    dataset: v.string(),
    trainingImages: count,
    validationImages: count,
    testImages: count,
    epochs: count,
    stepsPerEpoch: count,
    batchSize: count,
    optimizer: v.string(),
    design: v.exactOptional(v.string()),
    notes: v.exactOptional(v.array(v.string())),
    outputs: v.exactOptional(v.array(v.string())),
    isKept: v.exactOptional(v.boolean()),
    resumedAt: v.exactOptional(v.object({ epoch: count, step: count })),
  }),
  v.object({
    type: v.literal("progress"),
    points: v.array(
      v.object({
        step: count,
        loss: finite,
        accuracy: share,
        learningRate: v.exactOptional(finite),
        outputLosses: v.exactOptional(v.array(finite)),
      }),
    ),
    epoch: count,
    step: count,
    imagesPerSecond: finite,
    secondsElapsed: finite,
    secondsLeft: finite,
  }),
  v.object({
    type: v.literal("layers"),
    step: count,
    layers: v.array(
      v.object({
        layer: v.string(),
        gradientNorm: finite,
        weightNorm: finite,
        updateRatio: finite,
      }),
    ),
    warning: v.exactOptional(
      v.object({ kind: v.picklist(["vanishing", "exploding"]), layer: v.string() }),
    ),
  }),
  v.object({
    type: v.literal("times"),
    step: count,
    looks: count,
    batchSize: count,
    layers: v.array(v.object({ layer: v.string(), forward: seconds, backward: seconds })),
  }),
  v.object({
    type: v.literal("rates"),
    points: v.array(v.object({ rate: finite, loss: finite })),
  }),
  v.object({
    type: v.literal("epoch"),
    epoch: count,
    step: count,
    loss: finite,
    accuracy: share,
    validationLoss: v.exactOptional(finite),
    validationAccuracy: v.exactOptional(share),
    learningRate: v.exactOptional(finite),
    seconds: finite,
  }),
  v.object({
    type: v.literal("notice"),
    severity: v.picklist(["information", "warning"]),
    message: v.string(),
  }),
  v.object({
    type: v.literal("finished"),
    reason: v.picklist(["completed", "stopped", "paused", "interrupted"]),
    epochs: count,
    testLoss: v.exactOptional(finite),
    testAccuracy: v.exactOptional(share),
    bestEpoch: v.exactOptional(count),
    suggestedRate: v.exactOptional(finite),
    seconds: finite,
    imagesPerSecond: finite,
  }),
  v.object({
    type: v.literal("failed"),
    code: failureCode,
    message: v.string(),
    hint: v.exactOptional(v.string()),
    needs: v.exactOptional(v.object({ imageShape: v.array(count), classes: count })),
  }),
]) satisfies v.GenericSchema<unknown, TrainerEvent>;

const trainerRequest = v.variant("type", [
  v.object({
    type: v.literal("start"),
    purpose: v.exactOptional(v.picklist(["train", "findLearningRate"])),
    text: v.string(),
    engineDirectories: v.array(v.string()),
    engine: v.exactOptional(engineChoice),
    runDirectory: v.exactOptional(v.string()),
    designFile: v.exactOptional(v.string()),
    epochs: v.exactOptional(positive),
    checkpointSeconds: v.exactOptional(seconds),
  }),
  v.object({
    type: v.literal("resume"),
    runDirectory: v.string(),
    engineDirectories: v.array(v.string()),
    engine: v.exactOptional(engineChoice),
    epochs: v.exactOptional(positive),
    checkpointSeconds: v.exactOptional(seconds),
  }),
  v.object({ type: v.literal("export"), runDirectory: v.string(), target: v.string() }),
  v.object({ type: v.literal("stop") }),
  v.object({ type: v.literal("pause") }),
]) satisfies v.GenericSchema<unknown, TrainerRequest>;

/** What the trainer process sent, or `undefined` where it is none of the messages. */
export function parseTrainerEvent(message: unknown): TrainerEvent | undefined {
  const result = v.safeParse(trainerEvent, message);
  return result.success ? result.output : undefined;
}

/** How an export ended, or `undefined` where the message says nothing of it. */
export function parseExportAnswer(message: unknown): ExportAnswer | undefined {
  if (v.is(v.object({ type: v.literal("exported") }), message)) {
    return { type: "exported" };
  }
  const event = parseTrainerEvent(message);
  return event?.type === "failed" ? event : undefined;
}

/** What the host asked of the trainer process, or `undefined` where it is none of the messages. */
export function parseTrainerRequest(message: unknown): TrainerRequest | undefined {
  const result = v.safeParse(trainerRequest, message);
  return result.success ? result.output : undefined;
}
