import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { useApplication } from "../state/context.ts";
import { useLatest } from "../state/useLatest.ts";
import type { Viewport } from "../state/viewState.ts";
import { fitAll, firstLook } from "./fitting.ts";
import { focusCard } from "./focusCard.ts";
import { boundsOf, type Rectangle, type Size } from "./geometry.ts";
import { flowThatFits } from "./layOut.ts";
import { onBetterPlaces, whenPlaced } from "./placeSegment.ts";
import { absolutePlaces } from "./places.ts";
import { revealPlace } from "./useCanvasKeys.ts";
import type { CanvasScene } from "./useCanvasScene.ts";

const DURATION = 200;

/** Milliseconds that a first look waits for the worker, so that it does not jump a moment later. */
const LONGEST_WAIT = 1500;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const sizeOfView = (element: HTMLElement | null): Size => ({
  width: element?.clientWidth ?? 0,
  height: element?.clientHeight ?? 0,
});

/** Fits the network at the first look and when asked, and keeps it fitted until the person moves the view. */
function useFitting(canvas: CanvasScene) {
  const application = useApplication();
  const flow = useReactFlow();
  const flowStore = useStoreApi();
  const latest = useLatest(canvas);
  const hasLooked = useRef(false);
  const fitted = useRef<(bounds: Rectangle, view: Size) => Viewport>(undefined);
  const { viewportInitialized, setViewport } = flow;
  const isEmpty = canvas.scene.cards.length === 0;

  const show = useCallback(
    (duration: number): void => {
      const { scene, layout } = latest.current;
      const bounds = boundsOf([...absolutePlaces(scene, layout).values()]);
      const view = sizeOfView(flowStore.getState().domNode);
      if (fitted.current !== undefined && bounds.width > 0 && view.width > 0) {
        void setViewport(fitted.current(bounds, view), { duration });
      }
    },
    [flowStore, latest, setViewport],
  );

  useLayoutEffect(() => {
    if (hasLooked.current || !viewportInitialized || isEmpty) {
      return;
    }
    hasLooked.current = true;
    const { domNode } = flowStore.getState();
    const { viewport, direction } = application.store.get().view;
    if (viewport !== undefined) {
      void setViewport(viewport);
      domNode?.setAttribute("data-looked", "");
      return;
    }
    if (direction === "auto") {
      application.setView({ direction: flowThatFits(latest.current.scene, sizeOfView(domNode)) });
    }
    fitted.current = (bounds, view) => firstLook(bounds, view, latest.current.flow);
    void Promise.race([whenPlaced(), pause(LONGEST_WAIT)]).then(() =>
      requestAnimationFrame(() => {
        show(0);
        domNode?.setAttribute("data-looked", "");
      }),
    );
  }, [application, flowStore, isEmpty, latest, setViewport, show, viewportInitialized]);

  // Each level keeps its own view, and is looked at as a whole the first time.
  const level = useRef(canvas.inside);
  const views = useRef(new Map<string | undefined, Viewport>());
  useLayoutEffect(() => {
    if (level.current === canvas.inside) {
      return;
    }
    views.current.set(level.current, flow.getViewport());
    level.current = canvas.inside;
    const known = views.current.get(canvas.inside);
    if (known === undefined) {
      fitted.current = (bounds, view) => firstLook(bounds, view, latest.current.flow);
      requestAnimationFrame(() => show(0));
    } else {
      fitted.current = undefined;
      void setViewport(known);
    }
  }, [canvas.inside, flow, latest, setViewport, show]);

  useEffect(() => {
    const { domNode } = flowStore.getState();
    if (domNode === null) {
      return undefined;
    }
    const resized = new ResizeObserver(() => show(0));
    resized.observe(domNode);
    return () => resized.disconnect();
  }, [flowStore, show]);

  // Better places come a moment after the first look; a view that was fitted to the old ones follows.
  useEffect(() => onBetterPlaces(() => requestAnimationFrame(() => show(0))), [show]);

  const fit = useCallback((): void => {
    fitted.current = fitAll;
    // After React has drawn what the same command may have changed.
    requestAnimationFrame(() => show(DURATION));
  }, [show]);
  const release = useCallback((): void => {
    fitted.current = undefined;
  }, []);
  return { fit, release };
}

/** Shows the network at the first look, carries out commands and keeps the selection in sight; `release` is for views moved by hand. */
export function useCanvasActions(canvas: CanvasScene): { readonly release: () => void } {
  const application = useApplication();
  const flow = useReactFlow();
  const latest = useLatest(canvas);
  const { fit, release } = useFitting(canvas);
  useEffect(
    () =>
      application.canvasActions.listen((order) => {
        const selected = application.store.get().view.selection.at(-1);
        if (order === "fit") {
          fit();
        } else if ((order === "show" || order === "reveal") && selected !== undefined) {
          requestAnimationFrame(() => revealPlace(selected, latest.current, flow));
          if (order === "reveal") {
            focusCard(selected);
          }
        }
      }),
    [application, fit, flow, latest],
  );
  return { release };
}
