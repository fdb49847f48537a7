import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect, useLayoutEffect, useRef } from "react";
import { useApplication, useAppState } from "../state/context.ts";
import { focusCard } from "./focusCard.ts";
import { boundsOf } from "./geometry.ts";
import { flowThatFits } from "./layOut.ts";
import { absolutePlaces } from "./places.ts";
import { revealPlace } from "./useCanvasKeys.ts";
import type { CanvasScene } from "./useCanvasScene.ts";

/** Share of the window left free around the whole network. */
const FREE = 0.06;

/** Shows the whole network at the first look, carries out commands and keeps the selection in sight. */
export function useCanvasActions(canvas: CanvasScene): void {
  const application = useApplication();
  const flow = useReactFlow();
  const flowStore = useStoreApi();
  const isConnected = useAppState((state) => state.isConnected);
  const latest = useRef(canvas);
  latest.current = canvas;
  const hasLooked = useRef(false);

  const fit = (duration: number): void => {
    const { scene, layout } = latest.current;
    const bounds = boundsOf([...absolutePlaces(scene, layout).values()]);
    if (bounds.width > 0) {
      // Not `fitView`, which measures the page and so comes a frame late.
      const { width, height } = flowStore.getState();
      const zoom = Math.min(
        1,
        (width * (1 - 2 * FREE)) / bounds.width,
        (height * (1 - 2 * FREE)) / bounds.height,
      );
      void flow.setViewport(
        {
          x: width / 2 - (bounds.x + bounds.width / 2) * zoom,
          y: height / 2 - (bounds.y + bounds.height / 2) * zoom,
          zoom,
        },
        { duration },
      );
    }
  };
  const fitLatest = useRef(fit);
  fitLatest.current = fit;

  useLayoutEffect(() => {
    const { viewport, direction } = application.store.get().view;
    const { width, height } = flowStore.getState();
    if (hasLooked.current || !isConnected || canvas.scene.cards.length === 0) {
      return undefined;
    }
    hasLooked.current = true;
    if (viewport !== undefined) {
      void flow.setViewport(viewport);
      return undefined;
    }
    if (direction === "auto") {
      application.setView({ direction: flowThatFits(canvas.scene, { width, height }) });
    }
    const frame = requestAnimationFrame(() => fitLatest.current(0));
    return () => cancelAnimationFrame(frame);
  }, [application, canvas.scene, flow, flowStore, isConnected]);

  useEffect(
    () =>
      application.canvasActions.listen((action) => {
        const [selected] = application.store.get().view.selection;
        if (action === "fit") {
          requestAnimationFrame(() => fitLatest.current(200));
        } else if (action === "nextProblem" && selected !== undefined) {
          revealPlace(selected, latest.current, flow);
          focusCard(selected);
        }
      }),
    [application, flow],
  );
}
