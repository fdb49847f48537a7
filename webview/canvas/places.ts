import type { Rectangle } from "./geometry.ts";
import type { Layout } from "./layOut.ts";
import type { Scene } from "./scene.ts";

/** Where every card and frame stands, counted from the origin of the canvas. */
export function absolutePlaces(scene: Scene, layout: Layout): ReadonlyMap<string, Rectangle> {
  const places = new Map<string, Rectangle>();
  const placeOf = (id: string, place: Rectangle): Rectangle => {
    const known = places.get(id);
    if (known !== undefined) {
      return known;
    }
    const frame = scene.frameOf.get(id) ?? "";
    const around = layout.frames.get(frame);
    const corner = around === undefined ? { x: 0, y: 0 } : placeOf(frame, around);
    const absolute = { ...place, x: place.x + corner.x, y: place.y + corner.y };
    places.set(id, absolute);
    return absolute;
  };
  for (const [id, place] of [...layout.frames, ...layout.cards]) {
    placeOf(id, place);
  }
  return places;
}
