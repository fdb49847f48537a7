import type { LayerStatistics } from "../../src/protocol/trainer.ts";
import { t } from "../text/t.ts";
import type { Measured } from "./measure.ts";
import type { Scene } from "./scene.ts";
import { layersOf, withTrained } from "./trainedMeasure.ts";

/** What a training last said about its layers. */
interface LastLook {
  readonly step: number;
  readonly layers: readonly LayerStatistics[];
}

/** `1.8e-2`: what counts of a gradient is its order of magnitude. */
const figureOf = (norm: number): string => norm.toExponential(1);

/** Euclidean norm over all weights. */
function measured(layers: readonly LayerStatistics[], step: number): Measured {
  if (layers.length === 0) {
    return { value: undefined, figure: "", title: t("No weights that are trained") };
  }
  const norm = Math.hypot(...layers.map(({ gradientNorm }) => gradientNorm));
  return {
    value: norm,
    figure: figureOf(norm),
    title: t("gradient norm {0} at step {1} of the training", figureOf(norm), step),
  };
}

/** The cards with the gradient norms of the last look into a training, beside the longest. */
export function withGradients(scene: Scene, { step, layers }: LastLook): Scene {
  return withTrained(scene, (card) => measured(layersOf(card, layers), step));
}
