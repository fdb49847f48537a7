import { Suspense, type KeyboardEvent } from "react";
import { useApplication, useAppState } from "../state/context.ts";
import type { ViewState } from "../state/viewState.ts";
import { lazyStyled } from "../styles/lazyStyled.ts";
import { t } from "../text/t.ts";

// Most people look at the network first.
const TrainingStrip = lazyStyled(
  async () => (await import("../training/TrainingStrip.tsx")).TrainingStrip,
);
const LayerTable = lazyStyled(async () => (await import("../table/LayerTable.tsx")).LayerTable);

interface Tab {
  readonly id: "layers" | "training";
  readonly title: string;
  /** What of the view brings it to the front. */
  readonly view: Partial<ViewState>;
}

// A training comes to the front by itself; the table waits behind it.
const tabs: readonly Tab[] = [
  { id: "layers", title: "Layers", view: { hasTable: true, hasTraining: false } },
  { id: "training", title: "Training", view: { hasTraining: true } },
];

function PanelTabs({ front }: { readonly front: Tab["id"] }) {
  const application = useApplication();
  const show = (tab: Tab | undefined): void => {
    if (tab !== undefined) {
      application.setView(tab.view);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      event.preventDefault();
      event.stopPropagation();
      const other = tabs.find(({ id }) => id !== front);
      show(other);
      document.getElementById(`panel-tab-${other?.id}`)?.focus();
    }
  };
  return (
    <div className="panel-tabs" role="tablist" aria-label={t("Panel")}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          id={`panel-tab-${tab.id}`}
          type="button"
          className="panel-tab"
          role="tab"
          aria-selected={tab.id === front}
          aria-controls="panel"
          tabIndex={tab.id === front ? 0 : -1}
          onClick={() => show(tab)}
          onKeyDown={onKeyDown}
        >
          {t(tab.title)}
        </button>
      ))}
    </div>
  );
}

/** What stands below the canvas: the table of layers or the training. */
export function BottomPanel() {
  const hasTable = useAppState((state) => state.view.hasTable);
  const hasTraining = useAppState((state) => state.view.hasTraining);
  if (!hasTable && !hasTraining) {
    return null;
  }
  const front = hasTraining ? "training" : "layers";
  return (
    <section className={hasTraining ? "panel" : "panel is-table"} aria-label={t("Panel")}>
      <PanelTabs front={front} />
      <div
        id="panel"
        className="panel-front"
        role="tabpanel"
        aria-labelledby={`panel-tab-${front}`}
      >
        <Suspense fallback={<p className="quiet">{t("Opening the panel")}</p>}>
          {hasTraining ? <TrainingStrip /> : <LayerTable />}
        </Suspense>
      </div>
    </section>
  );
}
