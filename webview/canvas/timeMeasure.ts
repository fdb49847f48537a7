import type { LayerTime, TrainerEvent } from "../../src/protocol/trainer.ts";
import { formatMilliseconds } from "../text/format.ts";
import { t } from "../text/t.ts";
import type { Measured } from "./measure.ts";
import type { Scene } from "./scene.ts";
import { layersOf, withTrained } from "./trainedMeasure.ts";

type Times = Omit<Extract<TrainerEvent, { readonly type: "times" }>, "type" | "step">;

const sumOf = (layers: readonly LayerTime[], pass: "forward" | "backward"): number =>
  layers.reduce((sum, layer) => sum + layer[pass], 0);

function measured(layers: readonly LayerTime[], { looks, batchSize }: Times): Measured {
  if (layers.length === 0) {
    return { value: undefined, figure: "", title: t("Takes no part in the training") };
  }
  const forward = sumOf(layers, "forward");
  const backward = sumOf(layers, "backward");
  const figure = formatMilliseconds(forward + backward);
  return {
    value: forward + backward,
    figure,
    title: t(
      "{0} for a step of {1} images: {2} forward, {3} backward (mean of {4} steps)",
      figure,
      batchSize,
      formatMilliseconds(forward),
      formatMilliseconds(backward),
      looks,
    ),
  };
}

/** The cards with what they take of a step of the training, beside the slowest. */
export function withTimes(scene: Scene, times: Times): Scene {
  return withTrained(scene, (card) => measured(layersOf(card, times.layers), times));
}
