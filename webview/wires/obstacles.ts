import type { Rectangle } from "../canvas/geometry.ts";
import type { Flow } from "../canvas/layOut.ts";
import type { Scene } from "../canvas/scene.ts";
import { areaOf, AreaIndex, type Area } from "./area.ts";

/** Height of the line at the top of a frame where its name stands. */
const TITLE = 34;

/** What a wire goes around, with the card or the frame that it belongs to. */
export interface Obstacle extends Area {
  readonly id: string;
  readonly kind: "card" | "frame" | "title";
}

/** What stands on the canvas, as the flow sees it. */
export class Obstacles {
  readonly #index = new AreaIndex<Obstacle>();
  readonly #frameOf: Scene["frameOf"];

  constructor(scene: Scene, places: ReadonlyMap<string, Rectangle>, flow: Flow) {
    this.#frameOf = scene.frameOf;
    const add = (id: string, kind: Obstacle["kind"], place: Rectangle | undefined): void => {
      if (place !== undefined) {
        this.#index.add({ ...areaOf(place, flow), id, kind });
      }
    };
    for (const { id } of scene.cards) {
      add(id, "card", places.get(id));
    }
    for (const { id } of scene.frames) {
      const place = places.get(id);
      add(id, "frame", place);
      add(id, "title", place && { ...place, height: TITLE });
    }
  }

  /** Frames that these cards stand in, at any depth. */
  framesAround(...cards: readonly string[]): ReadonlySet<string> {
    const around = new Set<string>();
    for (const card of cards) {
      for (let id = this.#frameOf.get(card); id !== undefined; id = this.#frameOf.get(id)) {
        around.add(id);
      }
    }
    return around;
  }

  /** All that reaches into a stretch of the network. */
  between(from: number, to: number): readonly Obstacle[] {
    return this.#index.between(from, to);
  }
}
