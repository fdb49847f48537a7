import { useStoreApi, type OnMove } from "@xyflow/react";
import { useApplication } from "../state/context.ts";

/** What happens while the view is moved by hand: it is drawn as one picture then, except while zooming. */
export function useMoving(release: () => void): {
  readonly onMoveStart: OnMove;
  readonly onMoveEnd: OnMove;
} {
  const application = useApplication();
  const flowStore = useStoreApi();
  return {
    onMoveStart(event) {
      if (event !== null) {
        release();
      }
      if (event?.type !== "wheel") {
        flowStore.getState().domNode?.setAttribute("data-panning", "");
      }
    },
    onMoveEnd(_, viewport) {
      flowStore.getState().domNode?.removeAttribute("data-panning");
      application.setView({ viewport });
    },
  };
}
