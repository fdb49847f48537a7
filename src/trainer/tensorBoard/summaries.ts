import type { TrainerEvent } from "../../protocol/trainer.ts";
import type { SummaryValue } from "./event.ts";

/** Values at a step. */
export interface Summary {
  readonly step: number;
  readonly values: readonly SummaryValue[];
}

/** What an event says as TensorBoard shows it: training and validation of a measure in one group. */
export function summariesOf(event: TrainerEvent): readonly Summary[] {
  switch (event.type) {
    case "progress":
      return event.points.map(({ step, loss, accuracy, learningRate }) => ({
        step,
        values: scalars({
          "loss/training": loss,
          "accuracy/training": accuracy,
          learning_rate: learningRate,
        }),
      }));
    case "epoch":
      return [
        {
          step: event.step,
          values: scalars({
            "loss/epoch": event.loss,
            "accuracy/epoch": event.accuracy,
            "loss/validation": event.validationLoss,
            "accuracy/validation": event.validationAccuracy,
          }),
        },
      ];
    case "layers":
      return [
        {
          step: event.step,
          values: event.layers.map(({ layer, gradientNorm }) => ({
            tag: `gradient_norm/${layer}`,
            scalar: gradientNorm,
          })),
        },
      ];
    case "times":
    case "rates":
    case "phase":
    case "started":
    case "notice":
    case "finished":
    case "failed":
      return [];
  }
}

const scalars = (values: Readonly<Record<string, number | undefined>>): readonly SummaryValue[] =>
  Object.entries(values).flatMap(([tag, scalar]) =>
    scalar === undefined ? [] : [{ tag, scalar }],
  );
