import { useCallback, useEffect } from "react";
import uPlot from "uplot";
import { useLatest } from "../state/useLatest.ts";
import { t } from "../text/t.ts";
import { axisOf, canvasFont, followPointer, logarithmicScale } from "./chartParts.ts";
import { readChartTheme, type ChartTheme } from "./chartTheme.ts";
import type { Curve, Curves } from "./curves.ts";
import { epochLines } from "./epochAxis.ts";
import { sizeOf, usePlot } from "./usePlot.ts";
import { logarithmicLines, logarithmicRange, shareRange } from "./valueRange.ts";

interface ChartProps {
  readonly label: string;
  readonly curves: Curves;
  /** Writes a value of the y axis; `step` is the distance between its lines. */
  readonly formatValue: (value: number, step: number) => string;
  readonly stepsPerEpoch: number;
  /** For values that fall over several powers of ten. */
  readonly isLogarithmic?: boolean;
  /** Step where the axis ends. */
  readonly lastStep: number;
  /** Hears which of the steps the pointer is at, `undefined` when it leaves. */
  readonly onPoint: (index: number | undefined) => void;
}

const names: Readonly<Record<Curve["key"], string>> = {
  training: "training",
  validation: "validation",
};

/** Room for the names at the ends of the curves, in CSS pixels. */
const NAME_WIDTH = 64;

const LINE_HEIGHT = 13;

/** Room for the number of an epoch. */
const EPOCH_WIDTH = 36;

/** More dots than these run into each other. */
const MOST_DOTS = 40;

/** Charts of one run show the pointer in the same place. */
const sharedPointer = "training";

function lastValue(
  values: uPlot.AlignedData[number] | undefined,
): readonly [index: number, value: number] | undefined {
  for (let index = (values?.length ?? 0) - 1; index >= 0; index--) {
    const value = values?.[index];
    if (typeof value === "number") {
      return [index, value];
    }
  }
  return undefined;
}

interface CurveEnd {
  readonly label: string;
  readonly color: string;
  readonly x: number;
  readonly y: number;
}

function curveEnds(plot: uPlot, theme: ChartTheme): readonly CurveEnd[] {
  return plot.series.slice(1).flatMap((series, index) => {
    const last = lastValue(plot.data[index + 1]);
    return last === undefined
      ? []
      : [
          {
            label: typeof series.label === "string" ? series.label : "",
            color: index === 0 ? theme.training : theme.validation,
            x: plot.valToPos(plot.data[0][last[0]] ?? 0, "x", true),
            y: plot.valToPos(last[1], "y", true),
          },
        ];
  });
}

/** Writes the name of each curve behind the end of the longest one, apart from each other and inside the chart. */
function drawNames(plot: uPlot, theme: ChartTheme): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  const height = LINE_HEIGHT * ratio;
  const ends = curveEnds(plot, theme).toSorted((a, b) => a.y - b.y);
  const x = Math.max(...ends.map((end) => end.x)) + 6 * ratio;
  ctx.save();
  ctx.font = canvasFont(theme);
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  let free = bbox.top;
  for (const [index, { label, color, y }] of ends.entries()) {
    const below = ends.length - 1 - index;
    const lowest = bbox.top + bbox.height - height * (below + 0.5);
    const place = Math.max(free, Math.min(y, lowest));
    free = place + height;
    ctx.fillStyle = color;
    ctx.fillText(label, x, place);
  }
  ctx.restore();
}

function valueLines({ isLogarithmic = false, formatValue }: ChartProps): Partial<uPlot.Axis> {
  return {
    values: (_, splits, __, ___, step) => splits.map((value) => formatValue(value, step)),
    ...(isLogarithmic
      ? {
          splits: (_, __, min, max) => [...logarithmicLines({ min, max })],
          filter: (_, splits) => splits,
        }
      : {}),
  };
}

const countOf = (values: uPlot.AlignedData[number] | undefined): number =>
  [...(values ?? [])].filter((value) => typeof value === "number").length;

function optionsOf(
  props: ChartProps,
  element: HTMLElement,
  theme: ChartTheme,
  onPoint: ChartProps["onPoint"],
): uPlot.Options {
  const { stepsPerEpoch, curves, isLogarithmic = false } = props;
  const line = (key: Curve["key"], dash: number[]): uPlot.Series => ({
    label: t(names[key]),
    stroke: theme[key],
    width: key === "training" ? 1.5 : 2,
    dash,
    spanGaps: true,
    points: {
      show: (plot, index) => key === "validation" && countOf(plot.data[index]) <= MOST_DOTS,
      size: 5,
      fill: theme[key],
    },
  });
  return {
    ...sizeOf(element),
    legend: { show: false },
    cursor: {
      ...followPointer,
      points: { size: 6, fill: (_, index) => theme[index === 1 ? "training" : "validation"] },
      sync: { key: sharedPointer },
    },
    padding: [8, NAME_WIDTH, 0, 0],
    scales: {
      x: { time: false },
      y: isLogarithmic ? { auto: true, distr: logarithmicScale } : { auto: true },
    },
    axes: [
      {
        ...axisOf(theme),
        grid: { show: false },
        size: 22,
        gap: 2,
        splits: (plot) => epochSplits(plot, stepsPerEpoch),
        values: (_, splits) => splits.map((step) => formatEpoch(step, stepsPerEpoch)),
      },
      { ...axisOf(theme), size: 46, gap: 4, space: 28, ...valueLines(props) },
    ],
    series: [{}, ...curves.curves.map(({ key }) => line(key, key === "training" ? [] : [5, 4]))],
    hooks: {
      draw: [(plot) => drawNames(plot, theme)],
      setCursor: [({ cursor: { idx } }) => onPoint(idx ?? undefined)],
    },
  };
}

/** Ends of epochs, as many as there is room for, and quarters where there is only one epoch. */
function epochSplits(plot: uPlot, stepsPerEpoch: number): number[] {
  const last = plot.scales["x"]?.max ?? stepsPerEpoch;
  const most = Math.max(2, plot.bbox.width / uPlot.pxRatio / EPOCH_WIDTH);
  return epochLines(last / stepsPerEpoch, most).map((epoch) => epoch * stepsPerEpoch);
}

const formatEpoch = (step: number, stepsPerEpoch: number): string =>
  String(Math.round((step / stepsPerEpoch) * 100) / 100);

/** A logarithm knows no zero. */
const dataOf = ({
  curves: { steps, curves },
  isLogarithmic = false,
}: ChartProps): uPlot.AlignedData => [
  [...steps],
  ...curves.map(({ values }) =>
    values.map((value) => (isLogarithmic && value !== null && value <= 0 ? null : value)),
  ),
];

/** One chart of uPlot; follows its data, its size and the theme. */
export function Chart(props: ChartProps) {
  const latest = useLatest(props);
  const { stepsPerEpoch } = props;
  const draw = useCallback(
    (parent: HTMLElement): uPlot => {
      const options = optionsOf(
        { ...latest.current, stepsPerEpoch },
        parent,
        readChartTheme(parent),
        (index) => latest.current.onPoint(index),
      );
      const plot = new uPlot(options, dataOf(latest.current), parent);
      show(plot, latest.current);
      return plot;
    },
    [latest, stepsPerEpoch],
  );
  const { element, plot } = usePlot(draw);

  useEffect(() => {
    if (plot.current !== undefined) {
      show(plot.current, props);
    }
  }, [plot, props]);

  return <div ref={element} className="chart" role="img" aria-label={props.label} />;
}

function show(plot: uPlot, props: ChartProps): void {
  const { curves, lastStep, isLogarithmic = false } = props;
  plot.batch(() => {
    plot.setData(dataOf(props), false);
    plot.setScale("x", { min: 0, max: lastStep });
    const all = curves.curves.flatMap(({ values }) => values.filter((value) => value !== null));
    if (all.length > 0) {
      plot.setScale("y", isLogarithmic ? logarithmicRange(all) : shareRange(all));
    }
  });
}
