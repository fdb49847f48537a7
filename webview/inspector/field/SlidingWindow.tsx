import type { LayerAnalysis } from "../../../src/core/analysis/analysis.ts";
import type { Window } from "../../../src/core/layers/layer.ts";
import type { Shape } from "../../../src/core/layers/shape.ts";
import { formatTightShape } from "../../text/format.ts";
import { t } from "../../text/t.ts";
import { gridPath } from "./gridPath.ts";
import { reachOf, slidingAxis, unitAtCell, windowStart, type SlidingAxis } from "./slidingAxis.ts";
import { placeOn, useUnit, type Unit } from "./useUnit.ts";

/** Sides of the drawings in pixels, and the coarsest cell. */
const INPUT_SIDE = 130;
const OUTPUT_SIDE = 92;
const LARGEST_CELL = 14;

type LocalWindow = Extract<Window, { readonly type: "local" }>;

interface SlidingWindowProps {
  readonly layer: LayerAnalysis;
  readonly input: Shape;
  readonly output: Shape;
  readonly window: LocalWindow;
}

interface Axes {
  readonly vertical: SlidingAxis;
  readonly horizontal: SlidingAxis;
}

const cellsOf = ({ before, cells, after }: SlidingAxis): number => before + cells + after;

/** The places of the input that one unit reads; a dilated filter leaves gaps between them. */
function taps({ vertical, horizontal }: Axes, [row, column]: Unit): readonly Unit[] {
  const along = (axis: SlidingAxis, unit: number): readonly number[] =>
    Array.from(
      { length: axis.window.size },
      (_, tap) => windowStart(axis, unit) + tap * axis.window.dilation,
    );
  return along(vertical, row).flatMap((y) => along(horizontal, column).map((x): Unit => [y, x]));
}

interface InputProps {
  readonly axes: Axes;
  readonly unit: Unit;
  readonly look: (unit: Unit) => void;
  readonly onKeyDown: ReturnType<typeof useUnit>["onKeyDown"];
  readonly words: string;
  /** Where the window is, in words. */
  readonly spoken: string;
}

function InputGrid({ axes, unit, look, onKeyDown, words, spoken }: InputProps) {
  const { vertical, horizontal } = axes;
  const [rows, columns] = [cellsOf(vertical), cellsOf(horizontal)];
  const scale = Math.min(LARGEST_CELL, INPUT_SIDE / Math.max(rows, columns));
  const [width, height] = [columns * scale, rows * scale];
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="slider"
      aria-label={words}
      aria-valuemin={0}
      aria-valuemax={vertical.units * horizontal.units - 1}
      aria-valuenow={unit[0] * horizontal.units + unit[1]}
      aria-valuetext={spoken}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => {
        const [y, x] = placeOn(event);
        look([unitAtCell(vertical, y * rows - 0.5), unitAtCell(horizontal, x * columns - 0.5)]);
      }}
    >
      <rect className="sliding-padding" width={width} height={height} />
      <rect
        className="window-image"
        x={horizontal.before * scale}
        y={vertical.before * scale}
        width={horizontal.cells * scale}
        height={vertical.cells * scale}
      />
      <path className="window-grid" d={gridPath(columns, rows, scale)} />
      {taps(axes, unit).map(([y, x]) => (
        <rect
          key={`${y} ${x}`}
          className="sliding-tap"
          x={x * scale}
          y={y * scale}
          width={scale}
          height={scale}
        />
      ))}
      <rect
        className="window-seen"
        x={windowStart(horizontal, unit[1]) * scale + 0.75}
        y={windowStart(vertical, unit[0]) * scale + 0.75}
        width={reachOf(horizontal.window) * scale - 1.5}
        height={reachOf(vertical.window) * scale - 1.5}
      />
    </svg>
  );
}

interface OutputProps {
  readonly axes: Axes;
  readonly unit: Unit;
  readonly look: (unit: Unit) => void;
}

function OutputGrid({ axes, unit, look }: OutputProps) {
  const [rows, columns] = [axes.vertical.units, axes.horizontal.units];
  const scale = Math.min(LARGEST_CELL, OUTPUT_SIDE / Math.max(rows, columns));
  const [width, height] = [columns * scale, rows * scale];
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      onPointerMove={(event) => {
        const [y, x] = placeOn(event);
        look([Math.floor(y * rows), Math.floor(x * columns)]);
      }}
    >
      <rect className="window-image" width={width} height={height} />
      <path className="window-grid" d={gridPath(columns, rows, scale)} />
      <rect
        className="window-unit"
        x={unit[1] * scale}
        y={unit[0] * scale}
        width={scale}
        height={scale}
      />
    </svg>
  );
}

/** What becomes of the values under the window, in words with this layer's own numbers. */
function workOf({ type, parameterFormula }: LayerAnalysis, window: LocalWindow, input: Shape) {
  const size = `${window.height.size}·${window.width.size}`;
  const channels = input[2] ?? 1;
  switch (type) {
    case "maxPooling2d":
    case "globalMaxPooling2d":
      return t("The largest of {0} values, for each channel by itself.", size);
    case "averagePooling2d":
    case "globalAveragePooling2d":
    case "adaptiveAveragePooling2d":
    case "subsampling2d":
      return t("The mean of {0} values, for each channel by itself.", size);
    case "depthwiseConv2d":
      return t("{0} products and their sum, for each channel by itself.", size);
    case "conv2d":
      return t("{0} products and their sum, for each filter.", `${size}·${channels}`);
    default:
      return parameterFormula === "" ? "" : t("{0} values of each channel.", size);
  }
}

/** The window of a layer on its own input: source pixels, and the pixel that they become. */
export function SlidingWindow({ layer, input, output, window }: SlidingWindowProps) {
  const axes = {
    vertical: slidingAxis(window.height, input[0] ?? 1, output[0] ?? 1),
    horizontal: slidingAxis(window.width, input[1] ?? 1, output[1] ?? 1),
  };
  const { vertical, horizontal } = axes;
  const { unit, look, onKeyDown } = useUnit(vertical.units, horizontal.units, [0, 0]);
  const isCut = vertical.isCut || horizontal.isCut;
  const words = t(
    "Window of {0} by {1} on the input of {2} by {3}",
    window.height.size,
    window.width.size,
    input[0] ?? 1,
    input[1] ?? 1,
  );
  const where = t(
    "{0} of {1} at {2}, {3} → {4} at {5}, {6}",
    `${window.height.size}×${window.width.size}`,
    formatTightShape(input),
    windowStart(vertical, unit[0]) - vertical.before,
    windowStart(horizontal, unit[1]) - horizontal.before,
    formatTightShape(output),
    unit[0],
    unit[1],
  );
  return (
    <figure className="sliding">
      <div className="sliding-maps">
        <InputGrid {...{ axes, unit, look, onKeyDown, words }} spoken={where} />
        <span className="codicon codicon-arrow-right" aria-hidden="true" />
        <OutputGrid axes={axes} unit={unit} look={look} />
      </div>
      <figcaption>
        <div>{where}</div>
        <div>{workOf(layer, window, input)}</div>
        {isCut && <div>{t("The upper left corner is drawn; the rest goes on alike.")}</div>}
      </figcaption>
    </figure>
  );
}
