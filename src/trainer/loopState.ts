import * as v from "valibot";
import type { EpochResult } from "../protocol/run.ts";
import type { EarlyStoppingState } from "./recipe/earlyStopping.ts";
import type { PlateauState } from "./recipe/plateau.ts";

/** Where a loop is, besides weights and optimiser state: all it needs to go on exactly. Stands as JSON in a checkpoint. */
export interface LoopState {
  /** Complete epochs. */
  readonly epoch: number;
  /** Steps over all epochs; what is beyond the complete ones is the batch within the epoch. */
  readonly step: number;
  /** Sums over the steps of the epoch in progress, for its means. */
  readonly sums: { readonly loss: number; readonly accuracy: number; readonly images: number };
  /** Images of all steps of the run, and what they took. */
  readonly images: number;
  readonly trainingSeconds: number;
  /** Seconds of the epoch in progress, and of the whole run without its pauses. */
  readonly epochSeconds: number;
  readonly seconds: number;
  readonly learningRate: PlateauState;
  readonly earlyStopping?: EarlyStoppingState;
  /** True where early stopping has ended the training. */
  readonly isEnough: boolean;
  /** Sizes of the data that it was trained on; others cannot be gone on with. */
  readonly data: { readonly trainingImages: number; readonly stepsPerEpoch: number };
  /** The epoch of the best checkpoint. */
  readonly best?: EpochResult;
}

const number = v.number();

const loopState = v.object({
  epoch: number,
  step: number,
  sums: v.object({ loss: number, accuracy: number, images: number }),
  images: number,
  trainingSeconds: number,
  epochSeconds: number,
  seconds: number,
  learningRate: v.object({
    factor: number,
    best: v.nullable(number),
    wait: number,
    cooldown: number,
  }),
  earlyStopping: v.exactOptional(
    v.object({ best: v.nullable(number), bestEpoch: number, wait: number }),
  ),
  isEnough: v.boolean(),
  data: v.object({ trainingImages: number, stepsPerEpoch: number }),
  best: v.exactOptional(
    v.object({
      epoch: number,
      step: number,
      loss: number,
      accuracy: number,
      validationLoss: v.exactOptional(number),
      validationAccuracy: v.exactOptional(number),
    }),
  ),
}) satisfies v.GenericSchema<unknown, LoopState>;

/** The state that a checkpoint holds, or `undefined` where it is of another version. */
export function parseLoopState(text: string | undefined): LoopState | undefined {
  try {
    const result = v.safeParse(loopState, JSON.parse(text ?? ""));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
