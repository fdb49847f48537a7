import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { compare } from "../../src/core/compare/compare.ts";
import type { DifferenceKind, NodeDifference } from "../../src/core/compare/comparison.ts";
import { differenceSigns } from "../../src/core/compare/differenceWords.ts";
import { Toolbar } from "../accessibility/Toolbar.tsx";
import { Icon } from "../app/Icon.tsx";
import { IconButton } from "../app/IconButton.tsx";
import { isTyping } from "../app/isTyping.ts";
import type { Flow } from "../canvas/layOut.ts";
import type { ComparedText } from "../state/appState.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { useLatest } from "../state/useLatest.ts";
import { t } from "../text/t.ts";
import { ComparisonCanvas } from "./ComparisonCanvas.tsx";
import { differenceTitles } from "./differenceTitles.ts";
import { DifferenceTable } from "./DifferenceTable.tsx";
import { keyOf, mergeScenes } from "./mergeScenes.ts";

const kinds: readonly DifferenceKind[] = ["added", "removed", "changed", "affected"];

function useComparison(other: ComparedText, isSwapped: boolean, open: readonly string[]) {
  const drawn = useAppState((state) => state.drawn);
  const flow = useAppState((state): Flow => (state.view.direction === "down" ? "down" : "right"));
  return useMemo(() => {
    const [before, after] = isSwapped ? [drawn, other.design] : [other.design, drawn];
    const comparison = compare(before, after);
    return { comparison, merged: mergeScenes(before, after, comparison, flow, open), flow };
  }, [drawn, other.design, isSwapped, flow, open]);
}

/** F7 and Shift+F7 go through the differences as in VS Code's own, and Esc ends the comparison. */
function useComparisonKeys(go: (step: number) => void): void {
  const application = useApplication();
  const latest = useLatest(go);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key === "F7") {
        latest.current(event.shiftKey ? -1 : 1);
      } else if (event.key === "Escape" && !isTyping(event.target)) {
        application.stopComparing();
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [application, latest]);
}

/** Two designs on one canvas, and the table of their differences. */
export function ComparisonView({ other }: { readonly other: ComparedText }) {
  const [isSwapped, setIsSwapped] = useState(false);
  const [hasEffects, setHasEffects] = useState(true);
  const [chosen, setChosen] = useState<string>();
  const [open, setOpen] = useState<readonly string[]>([]);
  const toggle = useCallback(
    (id: string): void =>
      setOpen((before) =>
        before.includes(id) ? before.filter((each) => each !== id) : [...before, id],
      ),
    [],
  );
  const { comparison, merged, flow } = useComparison(other, isSwapped, open);
  const rows = comparison.nodes.filter(({ kind }) => hasEffects || kind !== "affected");
  const at = rows.findIndex((row) => keyOf(row) === chosen);
  const application = useApplication();
  const go = (step: number): void => {
    const from = at === -1 && step < 0 ? 0 : at;
    const next = rows[(from + step + rows.length) % Math.max(1, rows.length)];
    if (next !== undefined) {
      setChosen(keyOf(next));
      application.say(`${keyOf(next)}, ${t(differenceTitles[next.kind])}`);
    }
  };
  useComparisonKeys(go);
  return (
    <div className="comparison" data-testid="comparison">
      <ComparisonBar
        other={other}
        isSwapped={isSwapped}
        nodes={comparison.nodes}
        hasEffects={hasEffects}
        onSwap={() => setIsSwapped(!isSwapped)}
        onEffects={() => setHasEffects(!hasEffects)}
        onGo={go}
      />
      <main className="stage">
        <div className="stage-center">
          <ComparisonCanvas
            merged={merged}
            flow={flow}
            current={rows[at] === undefined ? undefined : chosen}
            onChoose={setChosen}
            onToggle={toggle}
          />
          {comparison.nodes.length === 0 && comparison.settings.length === 0 && (
            <p className="comparison-same" role="status">
              {t("The designs are the same.")}
            </p>
          )}
        </div>
      </main>
      <section className="panel is-table" aria-label={t("Differences")}>
        <DifferenceTable
          comparison={comparison}
          rows={rows}
          current={chosen}
          onChoose={setChosen}
        />
      </section>
    </div>
  );
}

interface BarProps {
  readonly other: ComparedText;
  readonly isSwapped: boolean;
  readonly nodes: readonly NodeDifference[];
  readonly hasEffects: boolean;
  readonly onSwap: () => void;
  readonly onEffects: () => void;
  readonly onGo: (step: number) => void;
}

function ComparisonBar(props: BarProps) {
  const { other, isSwapped, nodes, hasEffects, onSwap, onEffects, onGo } = props;
  const application = useApplication();
  const fileName = useAppState((state) => state.fileName);
  const sides = isSwapped ? [fileName, other.title] : [other.title, fileName];
  return (
    <header className="bar comparison-bar">
      <h1 className="bar-title" data-testid="comparison-title">
        {sides[0]} <Icon name="arrow-right" /> {sides[1]}
      </h1>
      <Counts nodes={nodes} />
      {!other.design.parsed.isJson && (
        <span className="is-error" role="alert">
          {t("The text of {0} cannot be read.", other.title)}
        </span>
      )}
      <span className="spacer" />
      <Toolbar label={t("Comparison")}>
        <IconButton
          icon="arrow-up"
          title={t("Previous Difference (Shift+F7)")}
          onClick={() => onGo(-1)}
        />
        <IconButton
          icon="arrow-down"
          title={t("Next Difference (F7)")}
          tabIndex={-1}
          onClick={() => onGo(1)}
        />
        <IconButton
          icon="list-flat"
          title={t("Show What Only Follows")}
          isPressed={hasEffects}
          tabIndex={-1}
          testId="comparison-effects"
          onClick={onEffects}
        />
        <IconButton
          icon="arrow-swap"
          title={t("Swap Sides")}
          isPressed={isSwapped}
          tabIndex={-1}
          testId="comparison-swap"
          onClick={onSwap}
        />
        <button
          type="button"
          className="button"
          tabIndex={-1}
          data-testid="stop-comparing"
          onClick={() => application.stopComparing()}
        >
          {t("Stop Comparing")}
        </button>
      </Toolbar>
    </header>
  );
}

function Counts({ nodes }: Pick<BarProps, "nodes">) {
  const counted = kinds.flatMap((kind): readonly ReactNode[] => {
    const count = nodes.filter((node) => node.kind === kind).length;
    return count === 0
      ? []
      : [
          <span key={kind} className={`figure difference-kind is-${kind}`}>
            <b>
              {differenceSigns[kind]} {count}
            </b>{" "}
            {t(differenceTitles[kind])}
          </span>,
        ];
  });
  return (
    <div className="figures" role="group" aria-label={t("Differences")}>
      {counted}
    </div>
  );
}
