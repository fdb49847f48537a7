import { formatNumber } from "../../src/core/design/words.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { formatBytes, formatShare } from "../text/format.ts";
import { t } from "../text/t.ts";
import { ProblemList } from "./ProblemList.tsx";
import { RecipeSection } from "./RecipeSection.tsx";
import { SuggestionsSection } from "./SuggestionsSection.tsx";
import { TitleField } from "./TitleField.tsx";

interface LimitProps {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
}

function Limit({ name, value, limit }: LimitProps) {
  const share = value / limit;
  return (
    <div className={share > 1 ? "limit is-over" : "limit"}>
      <div>
        <span>{name}</span>
        <span>{t("{0} of {1}", formatNumber(value), formatNumber(limit))}</span>
      </div>
      <div
        className="limit-track"
        role="meter"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(value, limit)}
        aria-valuetext={formatShare(share, 0)}
      >
        <div className="limit-used" style={{ width: `${Math.min(1, share) * 100}%` }} />
      </div>
    </div>
  );
}

function BudgetSection() {
  const { parameters, macs } = useAppState((state) => state.drawn.parsed.design.budget);
  const totals = useAppState((state) => state.drawn.analysis.totals);
  if (parameters === undefined && macs === undefined) {
    return null;
  }
  return (
    <section className="budget" aria-label={t("Budget")}>
      <h3>{t("Budget")}</h3>
      {parameters !== undefined && (
        <Limit name={t("parameters")} value={totals.parameters.total} limit={parameters} />
      )}
      {macs !== undefined && <Limit name={t("MACs")} value={totals.macs} limit={macs} />}
    </section>
  );
}

function MemorySection() {
  const { memory, totals } = useAppState((state) => state.drawn.analysis);
  const layerCount = useAppState((state) => state.drawn.network.layers.length);
  const rows = [
    [t("layers"), formatNumber(layerCount)],
    [t("trainable"), formatNumber(totals.parameters.trainable)],
    [t("not trainable"), formatNumber(totals.parameters.nonTrainable)],
    [t("weights"), formatBytes(memory.weights)],
    [t("activations of one image"), formatBytes(memory.activations)],
    [t("training at batch {0}", memory.batchSize), formatBytes(memory.training)],
  ] as const;
  return (
    <section aria-label={t("Size")}>
      <h3>{t("Size")}</h3>
      <dl className="sums figures-list">
        {rows.map(([name, value]) => (
          <div className="sum" key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The design as a whole, where nothing is selected. */
export function DesignInspector() {
  const application = useApplication();
  const name = useAppState((state) => state.drawn.parsed.design.name);
  const problems = useAppState((state) => state.shown.analysis.problems);
  return (
    <>
      <header className="inspector-header">
        <div className="inspector-title">
          <TitleField
            label={t("Name")}
            nodes={[]}
            value={name}
            onCommit={(wanted) => application.edit({ type: "setName", name: wanted })}
          />
        </div>
        <p className="quiet">{t("The design. Select a node to see its options and sums.")}</p>
      </header>
      {problems.length > 0 && (
        <section aria-label={t("Problems")}>
          <h3>{t("Problems")}</h3>
          <ProblemList problems={problems} hasLinks />
        </section>
      )}
      <RecipeSection />
      <BudgetSection />
      <MemorySection />
      <SuggestionsSection />
    </>
  );
}
