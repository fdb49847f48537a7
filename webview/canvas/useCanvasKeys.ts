import { useReactFlow } from "@xyflow/react";
import { useEffect, type KeyboardEvent } from "react";
import { isTyping } from "../app/isTyping.ts";
import type { Application } from "../state/application.ts";
import { useApplication } from "../state/context.ts";
import { useLatest } from "../state/useLatest.ts";
import { focusCard } from "./focusCard.ts";
import { cardSize, roundPosition } from "./geometry.ts";
import { neighbor, type Arrow } from "./neighbor.ts";
import { absolutePlaces } from "./places.ts";
import type { CanvasScene } from "./useCanvasScene.ts";

const arrows: Readonly<Record<string, Arrow>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

const steps: Readonly<Record<Arrow, readonly [x: number, y: number]>> = {
  left: [-20, 0],
  right: [20, 0],
  up: [0, -20],
  down: [0, 20],
};

interface Keys {
  readonly application: Application;
  readonly canvas: CanvasScene;
  /** Id of the selected wire, if one is. */
  readonly removeWire: () => boolean;
  readonly reveal: (id: string) => void;
}

function moveFocus({ application, canvas, reveal }: Keys, arrow: Arrow): void {
  const places = absolutePlaces(canvas.scene, canvas.layout);
  const { selection } = application.store.get().view;
  const current = selection.at(-1);
  const next =
    current === undefined
      ? canvas.scene.cards[0]?.id
      : neighbor(current, arrow, places, canvas.scene.wires, canvas.flow);
  if (next !== undefined) {
    application.select([next]);
    reveal(next);
    focusCard(next);
  }
}

/** Moves the selected nodes by one step of the grid. */
function nudge({ application, canvas }: Keys, arrow: Arrow): void {
  const places = absolutePlaces(canvas.scene, canvas.layout);
  const { view, drawn } = application.store.get();
  const [x, y] = steps[arrow];
  const positions = view.selection.flatMap((id) => {
    const place = drawn.parsed.design.nodes.has(id) ? places.get(id) : undefined;
    const moved = place && canvas.layout.expansion.close(id, { x: place.x + x, y: place.y + y });
    return moved === undefined ? [] : [[id, roundPosition(moved)] as const];
  });
  if (positions.length > 0) {
    application.edit({ type: "moveNodes", positions: Object.fromEntries(positions) });
  }
}

function toggleBlock(application: Application): void {
  const { selection, openBlocks } = application.store.get().view;
  const [id] = selection;
  const node = id?.split("/")[0];
  if (node !== undefined) {
    const isOpen = openBlocks.includes(node);
    application.setView({
      openBlocks: isOpen ? openBlocks.filter((each) => each !== node) : [...openBlocks, node],
      selection: [node],
    });
    focusCard(node);
  }
}

function selectAll({ application, canvas }: Keys): void {
  application.select(canvas.scene.cards.map(({ id }) => id));
}

type Pressed = Pick<
  KeyboardEvent,
  "key" | "ctrlKey" | "metaKey" | "altKey" | "preventDefault" | "stopPropagation"
> & { readonly target: EventTarget | null };

function act(keys: Keys, event: Pressed): boolean {
  const { application } = keys;
  const { selection } = application.store.get().view;
  const [first] = selection;
  const arrow = arrows[event.key];
  const hasCommandKey = event.ctrlKey || event.metaKey;
  if (arrow !== undefined && !hasCommandKey) {
    (event.altKey ? nudge : moveFocus)(keys, arrow);
    return true;
  }
  if (hasCommandKey) {
    if (event.key.toLowerCase() === "a") {
      selectAll(keys);
      return true;
    }
    return false;
  }
  switch (event.key) {
    case "Delete":
    case "Backspace":
      if (!keys.removeWire()) {
        application.removeSelection();
      }
      return true;
    case "F2":
      if (first !== undefined) {
        application.startRenaming(first);
      }
      return true;
    case "/":
      application.openInsert({});
      return true;
    case "Enter":
      application.canvasActions.emit("focusInspector");
      return true;
    case " ":
      toggleBlock(application);
      return true;
    case "Escape":
      if (application.store.get().notice === undefined) {
        application.select([]);
      } else {
        application.dismissNotice();
      }
      return true;
    default:
      return false;
  }
}

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
    if (act({ application, canvas, removeWire, reveal }, event)) {
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
