import { useEffect, useRef, type RefObject } from "react";
import type uPlot from "uplot";
import { onThemeChange } from "./chartTheme.ts";

/** Size of a chart in CSS pixels: that of its element, and never too small to draw in. */
export const sizeOf = (
  parent: HTMLElement,
): { readonly width: number; readonly height: number } => ({
  width: Math.max(80, parent.clientWidth),
  height: Math.max(60, parent.clientHeight),
});

interface PlotRefs {
  /** The element to draw in. */
  readonly element: RefObject<HTMLDivElement | null>;
  readonly plot: RefObject<uPlot | undefined>;
}

/** Keeps a plot in an element, as large as it, drawn anew when the theme or `draw` changes. */
export function usePlot(draw: (parent: HTMLElement) => uPlot): PlotRefs {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  useEffect(() => {
    const parent = element.current;
    if (parent === null) {
      return undefined;
    }
    const drawAnew = (): void => {
      plot.current?.destroy();
      plot.current = draw(parent);
    };
    drawAnew();
    const resized = new ResizeObserver(() => plot.current?.setSize(sizeOf(parent)));
    resized.observe(parent);
    const stopFollowing = onThemeChange(drawAnew);
    return () => {
      stopFollowing();
      resized.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [draw]);
  return { element, plot };
}
