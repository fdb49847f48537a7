import type { LayerStatistics } from "../../src/protocol/trainer.ts";
import { t } from "../text/t.ts";
import type { Measured } from "./measure.ts";
import type { Card, Scene } from "./scene.ts";

/** What a training last said about its layers. */
interface LastLook {
  readonly step: number;
  readonly layers: readonly LayerStatistics[];
}

/** `1.8e-2`: what counts of a gradient is its order of magnitude. */
const figureOf = (norm: number): string => norm.toExponential(1);

/** Euclidean norm over all weights of a card; nothing where it has none. */
function normOf({ id }: Card, layers: readonly LayerStatistics[]): number | undefined {
  const own = layers.filter(({ layer }) => layer === id || layer.startsWith(`${id}/`));
  return own.length === 0 ? undefined : Math.hypot(...own.map(({ gradientNorm }) => gradientNorm));
}

function measured(norm: number | undefined, step: number): Measured {
  return norm === undefined
    ? { value: undefined, figure: "", title: t("No weights that are trained") }
    : {
        value: norm,
        figure: figureOf(norm),
        title: t("gradient norm {0} at step {1} of the training", figureOf(norm), step),
      };
}

/** The cards with the gradient norms of the last look into a training, beside the longest. */
export function withGradients(scene: Scene, { step, layers }: LastLook): Scene {
  const norms = new Map(scene.cards.map((card) => [card.id, normOf(card, layers)]));
  const longest = Math.max(0, ...[...norms.values()].map((norm) => norm ?? 0));
  return {
    ...scene,
    cards: scene.cards.map((card) => {
      const norm = norms.get(card.id);
      const share = longest > 0 ? (norm ?? 0) / longest : 0;
      return { ...card, measured: measured(norm, step), share };
    }),
  };
}
