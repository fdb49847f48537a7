import type { Measured } from "./measure.ts";
import type { Card, Scene } from "./scene.ts";

/** What a training said of the layers of a card: its own, or all those of a block. */
export function layersOf<T extends { readonly layer: string }>(
  { id, outside = id }: Card,
  layers: readonly T[],
): readonly T[] {
  return layers.filter(({ layer }) => layer === outside || layer.startsWith(`${outside}/`));
}

/** The cards with a measure that only a training tells, beside the largest. */
export function withTrained(scene: Scene, measuredOf: (card: Card) => Measured): Scene {
  const all = new Map(scene.cards.map((card) => [card.id, measuredOf(card)]));
  const largest = Math.max(0, ...[...all.values()].map(({ value = 0 }) => value));
  return {
    ...scene,
    cards: scene.cards.map((card) => {
      const measured = all.get(card.id) ?? card.measured;
      return { ...card, measured, share: largest > 0 ? (measured.value ?? 0) / largest : 0 };
    }),
  };
}
