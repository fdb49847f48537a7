import { useReactFlow } from "@xyflow/react";
import { useEffect, type KeyboardEvent } from "react";
import { isTyping } from "../app/isTyping.ts";
import { pressedKey, type PressedKey } from "../keys/pressedKey.ts";
import { useApplication } from "../state/context.ts";
import { useLatest } from "../state/useLatest.ts";
import { pressCanvasKey } from "./canvasKeys.ts";
import { cardSize } from "./geometry.ts";
import { absolutePlaces } from "./places.ts";
import type { CanvasScene } from "./useCanvasScene.ts";

type Pressed = PressedKey &
  Pick<KeyboardEvent, "preventDefault" | "stopPropagation"> & {
    readonly target: EventTarget | null;
  };

/** Keys of the canvas; whatever it does not know goes on to VS Code. */
export function useCanvasKeys(
  canvas: CanvasScene,
  removeWire: () => boolean,
): (event: Pressed) => void {
  const application = useApplication();
  const flow = useReactFlow();
  const reveal = (id: string): void => revealPlace(id, canvas, flow);
  const onKeyDown = (event: Pressed): void => {
    const isButton = event.target instanceof HTMLElement && event.target.closest("button") !== null;
    if (isTyping(event.target) || isButton) {
      return;
    }
    if (pressCanvasKey(pressedKey(event), { application, canvas, removeWire, reveal })) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const latest = useLatest(onKeyDown);
  // A design that has just been opened has the keyboard, but nothing in it has the focus yet.
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent): void => {
      if (event.target === document.body) {
        latest.current(event);
      }
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [latest]);
  return onKeyDown;
}

type FlowView = Pick<
  ReturnType<typeof useReactFlow>,
  "getZoom" | "setCenter" | "flowToScreenPosition"
>;

/** Moves the view only where the card is not wholly in sight. */
export function revealPlace(id: string, { scene, layout }: CanvasScene, flow: FlowView): void {
  const place = absolutePlaces(scene, layout).get(id);
  const pane = document.querySelector(".react-flow")?.getBoundingClientRect();
  if (place === undefined || pane === undefined) {
    return;
  }
  const corner = flow.flowToScreenPosition(place);
  const zoom = flow.getZoom();
  const isInSight =
    corner.x >= pane.left &&
    corner.y >= pane.top &&
    corner.x + cardSize.width * zoom <= pane.right &&
    corner.y + cardSize.height * zoom <= pane.bottom;
  if (!isInSight) {
    void flow.setCenter(place.x + place.width / 2, place.y + place.height / 2, {
      zoom,
      duration: 150,
    });
  }
}
