import { useReactFlow } from "@xyflow/react";
import { useEffect, useRef, type MouseEvent, type PointerEvent } from "react";
import { isTyping } from "../app/isTyping.ts";
import { selectAll, toggleBlock } from "../canvas/keyActions.ts";
import { absolutePlaces } from "../canvas/places.ts";
import type { CanvasScene } from "../canvas/useCanvasScene.ts";
import type { CanvasOrder } from "../state/application.ts";
import { isArrangeAction } from "../state/arrangeActions.ts";
import { useApplication } from "../state/context.ts";
import { useLatest } from "../state/useLatest.ts";
import type { Arranging } from "./arrange.ts";
import type { PasteTarget } from "./pastePlaces.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the pointer is over the canvas, and where its menu was opened last. */
function usePointer() {
  const pointer = useRef<Point>(undefined);
  const menu = useRef<Point>(undefined);
  const pointOf = ({ clientX, clientY }: MouseEvent): Point => ({ x: clientX, y: clientY });
  return {
    pointer,
    menu,
    listeners: {
      onPointerMove: (event: PointerEvent): void => {
        pointer.current = pointOf(event);
      },
      onPointerLeave: (): void => {
        pointer.current = undefined;
      },
      onContextMenu: (event: MouseEvent): void => {
        menu.current = pointOf(event);
      },
      onPointerDown: (): void => {
        menu.current = undefined;
      },
      onKeyDownCapture: (): void => {
        menu.current = undefined;
      },
    },
  };
}

/** Nobody needs them at the first look. */
const gestures = () => import("./arrange.ts");

/** What VS Code's Edit menu does to a page reaches the nodes, where no text is meant. */
const clipboardEvents = ["copy", "cut", "paste"] as const;

const isAboutText = (event: Event): boolean =>
  isTyping(event.target) ||
  isTyping(document.activeElement) ||
  (event.type !== "paste" && document.getSelection()?.isCollapsed === false);

/** Carries out gestures with many nodes; the listeners belong on the element around the canvas. */
export function useArranging(canvas: CanvasScene) {
  const application = useApplication();
  const flow = useReactFlow();
  const latest = useLatest(canvas);
  const { pointer, menu, listeners } = usePointer();

  useEffect(() => {
    const target = (): PasteTarget => {
      const { scene, layout, flow: direction } = latest.current;
      const pane = document.querySelector(".react-flow")?.getBoundingClientRect();
      const point = menu.current ?? pointer.current;
      const { left = 0, top = 0, width = 0, height = 0 } = pane ?? {};
      return {
        flow: direction,
        places: absolutePlaces(scene, layout),
        selection: application.store.get().view.selection,
        pointer: point && flow.screenToFlowPosition(point),
        isPointed: menu.current !== undefined,
        center: flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 }),
      };
    };
    const arranging = (): Arranging => ({ application, canvas: latest.current });
    const act = async (order: CanvasOrder): Promise<void> => {
      if (order === "selectAll") {
        selectAll(arranging());
      } else if (order === "toggleBlock") {
        toggleBlock(arranging());
      } else if (order === "paste") {
        application.send({ type: "readClipboard" });
      } else if (isArrangeAction(order)) {
        (await gestures()).arrange(order, arranging(), target());
      }
    };
    const onEvent = (event: Event): void => {
      const order = clipboardEvents.find((name) => name === event.type);
      if (order !== undefined && !isAboutText(event)) {
        event.preventDefault();
        void act(order);
      }
    };
    for (const name of clipboardEvents) {
      document.addEventListener(name, onEvent);
    }
    const stops = [
      application.canvasActions.listen((order) => void act(order)),
      application.clipboard.listen((copied) => {
        void gestures().then(({ pasteNodes }) => pasteNodes(arranging(), copied, target()));
      }),
    ];
    return () => {
      for (const name of clipboardEvents) {
        document.removeEventListener(name, onEvent);
      }
      for (const stop of stops) {
        stop();
      }
    };
  }, [application, flow, latest, menu, pointer]);

  return listeners;
}
