import { useState, type PointerEvent } from "react";
import type { ReceptiveField } from "../../src/core/analysis/analysis.ts";
import type { Shape } from "../../src/core/layers/shape.ts";
import { t } from "../text/t.ts";

/** Side of the picture in pixels. */
const SIDE = 112;

/** Finer than this a grid of pixels is only grey. */
const FINEST = 3;

interface WindowPictureProps {
  /** Height, width and channels of the image that enters the network. */
  readonly input: Shape;
  /** Shape of the map whose units look at it. */
  readonly output: Shape;
  readonly field: ReceptiveField;
}

interface Axis {
  readonly extent: number;
  readonly units: number;
  readonly size: number;
  readonly stride: number;
  readonly center: number;
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));

function axisOf({ input, output, field }: WindowPictureProps, index: 0 | 1): Axis {
  return {
    extent: input[index] ?? 1,
    // A vector has one unit that counts, the one that sees it all.
    units: output.length === 3 ? (output[index] ?? 1) : 1,
    size: field.size[index],
    stride: field.stride[index],
    center: field.center[index],
  };
}

/** First input pixel of the window of one unit; may lie outside the image, in its padding. */
const windowStart = (axis: Axis, unit: number): number =>
  axis.center + unit * axis.stride - (axis.size - 1) / 2;

const unitAt = (axis: Axis, pixel: number): number =>
  clamp(Math.round((pixel - axis.center) / Math.max(1, axis.stride)), axis.units - 1);

function gridPath(width: number, height: number, scale: number): string {
  const columns = Array.from(
    { length: width - 1 },
    (_, x) => `M${(x + 1) * scale} 0V${height * scale}`,
  );
  const rows = Array.from(
    { length: height - 1 },
    (_, y) => `M0 ${(y + 1) * scale}H${width * scale}`,
  );
  return [...columns, ...rows].join("");
}

/** The input image with the window that one unit sees; the window follows the pointer. */
export function WindowPicture(props: WindowPictureProps) {
  const vertical = axisOf(props, 0);
  const horizontal = axisOf(props, 1);
  const [pixel, setPixel] = useState<readonly [y: number, x: number]>();
  const scale = SIDE / Math.max(vertical.extent, horizontal.extent);
  const [width, height] = [horizontal.extent * scale, vertical.extent * scale];
  const [y, x] = pixel ?? [(vertical.extent - 1) / 2, (horizontal.extent - 1) / 2];
  const [row, column] = [unitAt(vertical, y), unitAt(horizontal, x)];
  const follow = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    setPixel([
      ((event.clientY - box.top) / box.height) * vertical.extent - 0.5,
      ((event.clientX - box.left) / box.width) * horizontal.extent - 0.5,
    ]);
  };
  const [top, left] = [windowStart(vertical, row), windowStart(horizontal, column)];
  const visible = {
    x: clamp(left, horizontal.extent) * scale,
    y: clamp(top, vertical.extent) * scale,
    right: clamp(left + horizontal.size, horizontal.extent) * scale,
    bottom: clamp(top + vertical.size, vertical.extent) * scale,
  };
  return (
    <figure className="window-picture">
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={t(
          "Window of {0} by {1} pixels on an image of {2} by {3}",
          vertical.size,
          horizontal.size,
          vertical.extent,
          horizontal.extent,
        )}
        onPointerMove={follow}
        onPointerLeave={() => setPixel(undefined)}
      >
        <rect className="window-image" width={width} height={height} />
        {scale >= FINEST && (
          <path className="window-grid" d={gridPath(horizontal.extent, vertical.extent, scale)} />
        )}
        <rect
          className="window-seen"
          x={visible.x + 0.75}
          y={visible.y + 0.75}
          width={Math.max(1, visible.right - visible.x - 1.5)}
          height={Math.max(1, visible.bottom - visible.y - 1.5)}
        />
      </svg>
      <figcaption>
        {props.output.length === 3 ? t("of output {0}, {1}", row, column) : t("the whole vector")}
      </figcaption>
    </figure>
  );
}
