import { useCallback, useEffect } from "react";
import uPlot from "uplot";
import type { RatePoint } from "../../src/protocol/trainer.ts";
import { useLatest } from "../state/useLatest.ts";
import { t } from "../text/t.ts";
import { axisOf, canvasFont, followPointer, logarithmicScale } from "./chartParts.ts";
import { type ChartTheme, readChartTheme } from "./chartTheme.ts";
import { sizeOf, usePlot } from "./usePlot.ts";

interface RateChartProps {
  readonly label: string;
  readonly points: readonly RatePoint[];
  readonly suggestion: number | undefined;
  /** Hears which of the points the pointer is at, `undefined` when it leaves. */
  readonly onPoint: (index: number | undefined) => void;
}

/** A loss that has run away says nothing and would flatten the rest: half as much again as at first is the most that is shown. */
function lossRange(points: readonly RatePoint[]): uPlot.Range.MinMax {
  const losses = points.map(({ loss }) => loss);
  const highest = Math.min(1.5 * (losses[0] ?? 1), Math.max(...losses));
  const lowest = Math.min(...losses);
  const room = 0.05 * (highest - lowest) || 1;
  return [lowest - room, highest + room];
}

const rateRange = (points: readonly RatePoint[]): uPlot.Range.MinMax => [
  points[0]?.rate ?? 1e-6,
  Math.max(points.at(-1)?.rate ?? 0, 10),
];

/** The suggested rate as a line from top to bottom, with a word beside it. */
function drawSuggestion(plot: uPlot, suggestion: number, theme: ChartTheme): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  const x = plot.valToPos(suggestion, "x", true);
  ctx.save();
  ctx.strokeStyle = theme.validation;
  ctx.fillStyle = theme.validation;
  ctx.lineWidth = 2 * ratio;
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = canvasFont(theme);
  ctx.textBaseline = "top";
  const isRight = x > bbox.left + bbox.width / 2;
  ctx.textAlign = isRight ? "right" : "left";
  ctx.fillText(t("suggested"), x + (isRight ? -6 : 6) * ratio, bbox.top);
  ctx.restore();
}

/** The loss over the learning rate, which is logarithmic. */
export function RateChart(props: RateChartProps) {
  const latest = useLatest(props);
  const draw = useCallback(
    (parent: HTMLElement): uPlot => {
      const theme = readChartTheme(parent);
      const axis = axisOf(theme);
      return new uPlot(
        {
          ...sizeOf(parent),
          legend: { show: false },
          cursor: followPointer,
          padding: [8, 16, 0, 0],
          scales: {
            x: {
              time: false,
              distr: logarithmicScale,
              range: () => rateRange(latest.current.points),
            },
            y: { range: () => lossRange(latest.current.points) },
          },
          axes: [
            {
              ...axis,
              grid: {
                ...axis.grid,
                filter: (_, rates) => rates.map((rate) => (isPowerOfTen(rate) ? rate : null)),
              },
              size: 22,
              gap: 2,
              values: (_, rates) => rates.map((rate) => (isPowerOfTen(rate) ? String(rate) : "")),
            },
            {
              ...axis,
              size: 46,
              gap: 4,
              space: 28,
              values: (_, losses) => losses.map((loss) => String(Number(loss.toPrecision(3)))),
            },
          ],
          series: [{}, { stroke: theme.training, width: 2, points: { show: false } }],
          hooks: {
            draw: [
              (plot) => {
                const { suggestion } = latest.current;
                if (suggestion !== undefined) {
                  drawSuggestion(plot, suggestion, theme);
                }
              },
            ],
            setCursor: [({ cursor: { idx } }) => latest.current.onPoint(idx ?? undefined)],
          },
        },
        dataOf(latest.current.points),
        parent,
      );
    },
    [latest],
  );
  const { element, plot } = usePlot(draw);
  useEffect(
    () => plot.current?.setData(dataOf(props.points)),
    [plot, props.points, props.suggestion],
  );
  return <div ref={element} className="chart" role="img" aria-label={props.label} />;
}

const isPowerOfTen = (value: number): boolean =>
  Number.isInteger(Math.round(Math.log10(value) * 1e6) / 1e6);

const dataOf = (points: readonly RatePoint[]): uPlot.AlignedData => [
  points.map(({ rate }) => rate),
  points.map(({ loss }) => loss),
];
