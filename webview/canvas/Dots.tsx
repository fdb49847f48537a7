import { useStore } from "@xyflow/react";

const GAP = 20;

/** How far the dots reach beyond the canvas; the gap between two of them at the largest zoom. */
const MARGIN = 40;

interface Place {
  readonly transform: readonly [x: number, y: number, zoom: number];
}

/** The dots below the cards; a layer of its own that is moved and not painted again while the view is moved. */
export function Dots() {
  const [x, y, zoom] = useStore(({ transform }: Place) => transform);
  const gap = GAP * zoom;
  const shift = (offset: number): number => (((offset + MARGIN) % gap) + gap) % gap;
  return (
    <div
      className="dots"
      style={{
        backgroundSize: `${gap}px ${gap}px`,
        transform: `translate(${shift(x)}px, ${shift(y)}px)`,
      }}
    />
  );
}
