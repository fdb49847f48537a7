import type { ReceptiveField } from "../../../src/core/analysis/analysis.ts";
import type { Shape } from "../../../src/core/layers/shape.ts";
import { t } from "../../text/t.ts";
import { fieldAxis, onImage, unitAt, windowOf, type FieldAxis } from "./fieldAxis.ts";
import { gridPath } from "./gridPath.ts";
import { SamplePicture } from "./SamplePicture.tsx";
import { placeOn, useUnit } from "./useUnit.ts";

/** Side of the picture in pixels. */
const SIDE = 132;

/** Finer than this a grid of pixels is only grey. */
const FINEST = 3;

interface WindowPictureProps {
  /** Height, width and channels of the image that enters the network. */
  readonly image: Shape;
  /** Shape of the map whose units look at it. */
  readonly output: Shape | undefined;
  readonly field: ReceptiveField;
  /** Windows of joined branches that look elsewhere. */
  readonly others?: readonly ReceptiveField[];
  /** Bytes of an image of the data set in base64. */
  readonly sample?: string | undefined;
}

interface WindowProps {
  readonly vertical: FieldAxis;
  readonly horizontal: FieldAxis;
  readonly unit: readonly [row: number, column: number];
  readonly scale: number;
  readonly className: string;
}

function WindowFrame({ vertical, horizontal, unit, scale, className }: WindowProps) {
  const rows = onImage(windowOf(vertical, unit[0]), vertical.extent);
  const columns = onImage(windowOf(horizontal, unit[1]), horizontal.extent);
  return (
    <rect
      className={className}
      x={columns.start * scale + 0.75}
      y={rows.start * scale + 0.75}
      width={Math.max(1, (columns.end - columns.start) * scale - 1.5)}
      height={Math.max(1, (rows.end - rows.start) * scale - 1.5)}
    />
  );
}

/** The pixels that lie nearest to the unit, which is where it stands on its own map. */
function UnitCell({ vertical, horizontal, unit, scale }: Omit<WindowProps, "className">) {
  const side = (axis: FieldAxis): number => Math.max(1, Math.min(axis.stride, axis.size));
  const start = (axis: FieldAxis, index: number): number =>
    axis.center + index * axis.stride - (side(axis) - 1) / 2;
  return (
    <rect
      className="window-unit"
      x={start(horizontal, unit[1]) * scale}
      y={start(vertical, unit[0]) * scale}
      width={Math.max(2, side(horizontal) * scale)}
      height={Math.max(2, side(vertical) * scale)}
    />
  );
}

/** `rows 2 to 15, columns −1 to 12`, padding included. */
function seen(
  vertical: FieldAxis,
  horizontal: FieldAxis,
  [row, column]: readonly [number, number],
) {
  const say = ({ start, end }: { readonly start: number; readonly end: number }): string =>
    t("{0} to {1}", Math.floor(start), Math.ceil(end) - 1);
  return t(
    "rows {0}, columns {1}",
    say(windowOf(vertical, row)),
    say(windowOf(horizontal, column)),
  );
}

/** The input image with the window that one unit sees; it follows the pointer and the arrow keys. */
export function WindowPicture({ image, output, field, others, sample }: WindowPictureProps) {
  const vertical = fieldAxis(image, output, field, 0);
  const horizontal = fieldAxis(image, output, field, 1);
  const { unit, look, onKeyDown } = useUnit(vertical.units, horizontal.units);
  const scale = SIDE / Math.max(vertical.extent, horizontal.extent);
  const [width, height] = [horizontal.extent * scale, vertical.extent * scale];
  const drawing = { vertical, horizontal, unit, scale };
  const words = t(
    "Window of {0} by {1} pixels on an image of {2} by {3}",
    vertical.size,
    horizontal.size,
    vertical.extent,
    horizontal.extent,
  );
  const what =
    output?.length === 3 ? t("output {0}, {1} sees", unit[0], unit[1]) : t("the whole vector sees");
  return (
    <figure className="window-picture">
      {sample !== undefined && <SamplePicture {...{ bytes: sample, image, width, height }} />}
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="slider"
        aria-label={words}
        aria-valuemin={0}
        aria-valuemax={vertical.units * horizontal.units - 1}
        aria-valuenow={unit[0] * horizontal.units + unit[1]}
        aria-valuetext={`${what} ${seen(vertical, horizontal, unit)}`}
        // Arrow keys slide the window.
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => {
          const [y, x] = placeOn(event);
          look([
            unitAt(vertical, y * vertical.extent - 0.5),
            unitAt(horizontal, x * horizontal.extent - 0.5),
          ]);
        }}
      >
        {sample === undefined && <rect className="window-image" width={width} height={height} />}
        {scale >= FINEST && (
          <path className="window-grid" d={gridPath(horizontal.extent, vertical.extent, scale)} />
        )}
        {others?.map((other) => (
          <WindowFrame
            key={other.center.join()}
            {...drawing}
            vertical={fieldAxis(image, output, other, 0)}
            horizontal={fieldAxis(image, output, other, 1)}
            className="window-other"
          />
        ))}
        <WindowFrame {...drawing} className="window-seen" />
        <UnitCell {...drawing} />
      </svg>
      <figcaption>
        <div>{what}</div>
        <div>{seen(vertical, horizontal, unit)}</div>
      </figcaption>
    </figure>
  );
}
