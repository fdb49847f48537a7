import uPlot from "uplot";
import type { ChartTheme } from "./chartTheme.ts";

// The names of uPlot's kinds of scale are gone when its types are, so the number must do.
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment
export const logarithmicScale = 3 as uPlot.Scale.Distr;

/** The pointer is followed along x, and cannot zoom. */
export const followPointer = {
  y: false,
  drag: { setScale: false, x: false, y: false },
} as const satisfies uPlot.Cursor;

/** An axis in the colours of the theme, with its lines across the chart. */
export const axisOf = (theme: ChartTheme) =>
  ({
    stroke: theme.text,
    font: theme.font,
    grid: { stroke: theme.grid, width: 1 },
    ticks: { show: false },
  }) as const satisfies uPlot.Axis;

/** The font of the theme in pixels of the canvas, for what is written between uPlot's own parts. */
export const canvasFont = ({ font }: ChartTheme): string =>
  font.replace("11px", `${11 * uPlot.pxRatio}px`);
