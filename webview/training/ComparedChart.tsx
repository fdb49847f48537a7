import { useCallback } from "react";
import uPlot from "uplot";
import { axisOf, followPointer } from "./chartParts.ts";
import { readChartTheme } from "./chartTheme.ts";
import { aligned, type ComparedCurve } from "./comparedCurves.ts";
import { lineColors, lineDashes } from "./comparedLines.ts";
import { sizeOf, usePlot } from "./usePlot.ts";

interface ComparedChartProps {
  readonly label: string;
  readonly curves: readonly ComparedCurve[];
  readonly formatValue: (value: number) => string;
  /** Hears which epoch the pointer is at, `undefined` when it leaves. */
  readonly onEpoch: (epoch: number | undefined) => void;
}

/** Both charts show the pointer in the same place. */
const sharedPointer = "compared";

/** Distances between the lines of an axis of epochs. */
const wholeEpochs = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000];

function optionsOf(
  { curves, formatValue, onEpoch }: Omit<ComparedChartProps, "label">,
  parent: HTMLElement,
): uPlot.Options {
  const theme = readChartTheme(parent);
  const style = getComputedStyle(parent);
  const axis = axisOf(theme);
  return {
    ...sizeOf(parent),
    legend: { show: false },
    cursor: {
      ...followPointer,
      points: { show: false },
      sync: { key: sharedPointer },
    },
    hooks: {
      setCursor: [({ cursor: { idx }, data: [epochs] }) => onEpoch(epochs[idx ?? -1])],
    },
    padding: [8, 16, 0, 0],
    scales: { x: { time: false } },
    axes: [
      { ...axis, grid: { show: false }, size: 22, gap: 2, incrs: wholeEpochs },
      {
        ...axis,
        size: 50,
        gap: 4,
        values: (_, splits) => splits.map(formatValue),
      },
    ],
    series: [
      {},
      ...curves.map((_, index) => ({
        stroke: style.getPropertyValue(lineColors[index % lineColors.length] ?? "").trim(),
        dash: [...(lineDashes[index % lineDashes.length] ?? [])],
        width: 1.75,
        spanGaps: true,
        points: { show: false },
      })),
    ],
  };
}

/** Curves of several runs over each other; follows its size and the theme. */
export function ComparedChart({ label, curves, formatValue, onEpoch }: ComparedChartProps) {
  const draw = useCallback(
    (parent: HTMLElement): uPlot =>
      new uPlot(optionsOf({ curves, formatValue, onEpoch }, parent), aligned(curves), parent),
    [curves, formatValue, onEpoch],
  );
  const { element } = usePlot(draw);
  return <div ref={element} className="chart" role="img" aria-label={label} />;
}
