import { useStoreApi, type OnMove } from "@xyflow/react";
import { useApplication } from "../state/context.ts";
import { useHandler } from "../state/useHandler.ts";

/** What happens while the view is moved by hand: it is drawn as one picture then, except while zooming. */
export function useMoving(release: () => void): {
  readonly onMoveStart: OnMove;
  readonly onMoveEnd: OnMove;
} {
  const application = useApplication();
  const flowStore = useStoreApi();
  const onMoveStart = useHandler<Parameters<OnMove>, void>((event) => {
    if (event !== null) {
      release();
    }
    if (event?.type !== "wheel") {
      flowStore.getState().domNode?.setAttribute("data-panning", "");
    }
  });
  const onMoveEnd = useHandler<Parameters<OnMove>, void>((_, viewport) => {
    flowStore.getState().domNode?.removeAttribute("data-panning");
    application.setView({ viewport });
  });
  return { onMoveStart, onMoveEnd };
}
