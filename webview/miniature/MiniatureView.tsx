import type { Size } from "../canvas/geometry.ts";
import type { Miniature } from "./miniature.ts";

interface MiniatureViewProps {
  readonly size: Size;
  readonly miniature: Miniature;
}

/** The form of a network as a small picture; what it shows is said in words beside it. */
export function MiniatureView({ size, miniature: { cards, wires } }: MiniatureViewProps) {
  return (
    <svg
      className="miniature"
      viewBox={`0 0 ${size.width} ${size.height}`}
      width={size.width}
      height={size.height}
      aria-hidden="true"
      focusable="false"
    >
      {wires.map(({ id, path }) => (
        <path key={id} className="miniature-wire" d={path} />
      ))}
      {cards.map(({ id, category, isStack, isOutside, ...place }) => (
        <g key={id} className={`glyph-${category ?? "unknown"}`}>
          {isStack && (
            <rect className="miniature-stack" {...place} x={place.x + 2} y={place.y - 2} />
          )}
          <rect className={isOutside ? "miniature-outside" : "miniature-card"} rx={1} {...place} />
        </g>
      ))}
    </svg>
  );
}
