import type { Viewport } from "../state/viewState.ts";
import type { Rectangle, Size } from "./geometry.ts";
import type { Flow } from "./layOut.ts";

/** Share of the window left free on each side of the whole network. */
const FREE = 0.05;

/** Smaller than this a card cannot be read, so a first look shows the beginning instead of everything. */
const SMALLEST_LEGIBLE = 0.6;

/** Zoom of a first look that does not show everything. */
const LEGIBLE = 0.8;

const centered = (start: number, extent: number, view: number, zoom: number): number =>
  view / 2 - (start + extent / 2) * zoom;

/** Shows all of it in the middle of the window, never larger than it is. */
export function fitAll(bounds: Rectangle, view: Size): Viewport {
  const zoom = Math.max(
    0.05,
    Math.min(
      1,
      (view.width * (1 - 2 * FREE)) / Math.max(1, bounds.width),
      (view.height * (1 - 2 * FREE)) / Math.max(1, bounds.height),
    ),
  );
  return {
    x: centered(bounds.x, bounds.width, view.width, zoom),
    y: centered(bounds.y, bounds.height, view.height, zoom),
    zoom,
  };
}

/** Shows all of it where that can be read, else where the network begins. */
export function firstLook(bounds: Rectangle, view: Size, flow: Flow): Viewport {
  const all = fitAll(bounds, view);
  if (all.zoom >= SMALLEST_LEGIBLE) {
    return all;
  }
  const margin = 24;
  return flow === "down"
    ? {
        x: centered(bounds.x, bounds.width, view.width, LEGIBLE),
        y: margin - bounds.y * LEGIBLE,
        zoom: LEGIBLE,
      }
    : {
        x: margin - bounds.x * LEGIBLE,
        y: centered(bounds.y, bounds.height, view.height, LEGIBLE),
        zoom: LEGIBLE,
      };
}
