import type { Rectangle } from "./geometry.ts";
import type { Layout } from "./layOut.ts";
import type { Scene } from "./scene.ts";

/** Where every card and frame stands, counted from the origin of the canvas. */
export function absolutePlaces(scene: Scene, layout: Layout): ReadonlyMap<string, Rectangle> {
  const places = new Map(layout.frames);
  for (const [id, card] of layout.cards) {
    const frame = layout.frames.get(scene.frameOf.get(id) ?? "");
    places.set(
      id,
      frame === undefined ? card : { ...card, x: card.x + frame.x, y: card.y + frame.y },
    );
  }
  return places;
}
