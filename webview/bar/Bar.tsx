import type { ReactNode } from "react";
import type { Analysis, LayerAnalysis, Numbers } from "../../src/core/analysis/analysis.ts";
import type { Problem } from "../../src/core/design/problem.ts";
import { formatNumber } from "../../src/core/design/words.ts";
import { Toolbar } from "../accessibility/Toolbar.tsx";
import { Icon } from "../app/Icon.tsx";
import { IconButton } from "../app/IconButton.tsx";
import { totalSaving } from "../canvas/saving.ts";
import { useApplication, useAppState } from "../state/context.ts";
import type { AppState } from "../state/appState.ts";
import { formatBytes, formatCount, formatPair, formatShare } from "../text/format.ts";
import { flopsWords } from "../text/flopsWords.ts";
import { t } from "../text/t.ts";
import { MeasureChoice } from "./MeasureChoice.tsx";
import { TrainButton } from "./TrainButton.tsx";

const analysisOf = ({ shown, drawn }: AppState) =>
  shown.parsed.isJson ? shown.analysis : drawn.analysis;

interface FigureProps {
  readonly value: ReactNode;
  readonly unit: string;
  readonly title: string;
  readonly testId?: string;
  readonly className?: string;
}

function Figure({ value, unit, title, testId, className = "" }: FigureProps) {
  return (
    <span className={`figure ${className}`} title={title}>
      <b data-testid={testId}>{value}</b> {unit}
    </span>
  );
}

/** Said of sums that lack a part; of nothing at all there is no part to lack. */
const atLeast = ({ status, macs, parameters }: Numbers): string =>
  status === "exact" || (macs === 0 && parameters.total === 0) ? "" : "≥ ";

function Totals() {
  const { totals } = useAppState(analysisOf);
  const { parameters, macs } = totals;
  const split = t(
    "{0} parameters: {1} trainable, {2} not",
    formatNumber(parameters.total),
    formatNumber(parameters.trainable),
    formatNumber(parameters.nonTrainable),
  );
  return (
    <>
      <Figure
        value={`${atLeast(totals)}${formatCount(parameters.total)}`}
        unit={t("parameters")}
        title={split}
        testId="total-parameters"
      />
      <Figure
        value={`${atLeast(totals)}${formatCount(macs)}`}
        unit={t("MACs")}
        title={flopsWords(macs)}
        testId="total-macs"
      />
    </>
  );
}

function MemoryFigure() {
  const { memory } = useAppState(analysisOf);
  return (
    <Figure
      value={formatBytes(memory.training)}
      unit={t("to train at batch {0}", memory.batchSize)}
      title={t(
        "Training memory {0}; weights {1}, activations of one image {2}",
        formatBytes(memory.training),
        formatBytes(memory.weights),
        formatBytes(memory.activations),
      )}
      testId="training-memory"
    />
  );
}

function OperationsFigure() {
  const { macs } = useAppState(analysisOf).totals;
  return (
    <Figure
      value={formatCount(2 * macs)}
      unit={t("FLOPs")}
      title={t("Two for each multiply-accumulate")}
      className="quiet"
    />
  );
}

/** The last map: behind it every value sees the whole image, which says nothing. */
function lastMap({ layers }: Analysis): LayerAnalysis | undefined {
  return layers.findLast(
    ({ outputShape, receptiveField }) =>
      outputShape?.length === 3 && receptiveField !== undefined && receptiveField.stride[0] > 0,
  );
}

function FieldFigure() {
  const layer = lastMap(useAppState(analysisOf));
  if (layer?.receptiveField === undefined) {
    return null;
  }
  const { size, stride } = layer.receptiveField;
  return (
    <Figure
      value={`${size[0]} × ${size[1]}`}
      unit={t("receptive field, stride {0}", formatPair(stride))}
      title={t("Input pixels that one value of the last map, {0}, sees", layer.id)}
      testId="total-receptive-field"
    />
  );
}

function SavingFigure() {
  const saving = totalSaving(useAppState(analysisOf));
  return saving === undefined ? null : (
    <span
      className="figure figure-saving"
      title={t(
        "{0} parameters instead of {1}",
        formatNumber(saving.actual),
        formatNumber(saving.plain),
      )}
    >
      {t("bottlenecks save")} <b>{formatShare(saving.share, 1)}</b>
    </span>
  );
}

const worstOf = (problems: readonly Problem[]): Problem["severity"] =>
  (["error", "warning"] as const).find((severity) =>
    problems.some((problem) => problem.severity === severity),
  ) ?? "information";

/** Hints are counted only where there is nothing worse. */
function countOf(problems: readonly Problem[], worst: Problem["severity"]): string {
  if (worst === "information") {
    return problems.length === 1 ? t("1 hint") : t("{0} hints", problems.length);
  }
  const count = problems.filter(({ severity }) => severity !== "information").length;
  return count === 1 ? t("1 problem") : t("{0} problems", count);
}

function ProblemsButton() {
  const application = useApplication();
  const problems = useAppState((state) => state.shown.analysis.problems);
  if (problems.length === 0) {
    return null;
  }
  const worst = worstOf(problems);
  return (
    <button
      type="button"
      className={`problems-button is-${worst}`}
      title={worst === "information" ? t("Go to the next hint") : t("Go to the next problem")}
      tabIndex={-1}
      data-testid="problems"
      onClick={() => application.nextProblem()}
    >
      <Icon name={worst === "information" ? "info" : worst} />
      {countOf(problems, worst)}
    </button>
  );
}

interface PanelsProps {
  readonly isNarrow: boolean;
}

function PanelButtons({ isNarrow }: PanelsProps) {
  const application = useApplication();
  const { hasPalette, hasInspector, hasTraining, hasTable } = useAppState((state) => state.view);
  const overlay = useAppState((state) => state.overlay);
  const toggle = (panel: "palette" | "inspector"): void => {
    if (isNarrow) {
      application.setOverlay(overlay === panel ? undefined : panel);
    } else {
      application.setView(
        panel === "palette" ? { hasPalette: !hasPalette } : { hasInspector: !hasInspector },
      );
    }
  };
  return (
    <>
      <IconButton
        icon="layout-sidebar-left"
        title={t("Palette")}
        isPressed={isNarrow ? overlay === "palette" : hasPalette}
        tabIndex={-1}
        testId="toggle-palette"
        onClick={() => toggle("palette")}
      />
      <IconButton
        icon="table"
        title={t("Layers")}
        isPressed={hasTable && !hasTraining}
        tabIndex={-1}
        testId="toggle-table"
        onClick={() =>
          application.setView({ hasTable: hasTraining || !hasTable, hasTraining: false })
        }
      />
      <IconButton
        icon="layout-panel"
        title={t("Training")}
        isPressed={hasTraining}
        tabIndex={-1}
        testId="toggle-training"
        onClick={() => application.setView({ hasTraining: !hasTraining })}
      />
      <IconButton
        icon="layout-sidebar-right"
        title={t("Inspector")}
        isPressed={isNarrow ? overlay === "inspector" : hasInspector}
        tabIndex={-1}
        testId="toggle-inspector"
        onClick={() => toggle("inspector")}
      />
    </>
  );
}

/** What the whole network costs, and what can be done with it. */
export function Bar({ isNarrow }: PanelsProps) {
  const fileName = useAppState((state) => state.fileName);
  const name = useAppState((state) => state.drawn.parsed.design.name);
  const isWritable = useAppState((state) => state.isWritable);
  const isStale = useAppState((state) => state.shown !== state.drawn);
  return (
    <header className="bar">
      <h1 className="bar-title" title={fileName}>
        {name}
        {!isWritable && (
          <span title={t("This file is read-only.")}>
            {" "}
            <Icon name="lock" />
          </span>
        )}
      </h1>
      <div
        className={isStale ? "figures is-stale" : "figures"}
        aria-label={t("Costs")}
        role="group"
      >
        <Totals />
        <FieldFigure />
        <MemoryFigure />
        <SavingFigure />
        <OperationsFigure />
      </div>
      <Toolbar label={t("Design")} className="bar-tools">
        <TrainButton />
        <ProblemsButton />
        <MeasureChoice />
        <PanelButtons isNarrow={isNarrow} />
      </Toolbar>
    </header>
  );
}
