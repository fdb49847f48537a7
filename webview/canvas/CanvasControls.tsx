import { useReactFlow } from "@xyflow/react";
import { Toolbar } from "../accessibility/Toolbar.tsx";
import { IconButton } from "../app/IconButton.tsx";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";

const DURATION = 120;

interface CanvasControlsProps {
  /** True where dragging over the canvas selects and does not move the view. */
  readonly isSelecting: boolean;
  readonly onSelecting: (isSelecting: boolean) => void;
}

/** Zoom, fit, direction and map, in the lower left corner of the canvas. */
export function CanvasControls({ isSelecting, onSelecting }: CanvasControlsProps) {
  const application = useApplication();
  const { zoomIn, zoomOut } = useReactFlow();
  const hasMinimap = useAppState((state) => state.view.hasMinimap);
  const isDown = useAppState((state) => state.view.direction === "down");
  const turn = (): void => {
    application.setView({ direction: isDown ? "right" : "down" });
    application.canvasActions.emit("fit");
  };
  return (
    <Toolbar label={t("View")} className="canvas-controls">
      <IconButton
        icon="zoom-in"
        title={t("Zoom In")}
        onClick={() => void zoomIn({ duration: DURATION })}
      />
      <IconButton
        icon="zoom-out"
        title={t("Zoom Out")}
        tabIndex={-1}
        onClick={() => void zoomOut({ duration: DURATION })}
      />
      <IconButton
        icon="screen-full"
        title={t("Fit to Window")}
        tabIndex={-1}
        onClick={() => application.canvasActions.emit("fit")}
      />
      <IconButton
        icon="inspect"
        title={t("Select by Dragging (or Drag with Shift)")}
        isPressed={isSelecting}
        tabIndex={-1}
        onClick={() => onSelecting(!isSelecting)}
      />
      <IconButton
        icon={isDown ? "arrow-right" : "arrow-down"}
        title={isDown ? t("Lay Out from Left to Right") : t("Lay Out from Top to Bottom")}
        tabIndex={-1}
        onClick={turn}
      />
      <IconButton
        icon="layout"
        title={t("Lay Out Again")}
        tabIndex={-1}
        onClick={() => application.layOutAgain()}
      />
      <IconButton
        icon="map"
        title={t("Map")}
        isPressed={hasMinimap}
        tabIndex={-1}
        onClick={() => application.setView({ hasMinimap: !hasMinimap })}
      />
    </Toolbar>
  );
}
