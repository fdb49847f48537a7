import type { EditCommand } from "../../src/core/design/command.ts";
import { formatNumber } from "../../src/core/design/words.ts";
import { datasets, optimizers, trainingOptions } from "../../src/core/design/recipeOptions.ts";
import type { JsonValue, Option, OptionTable } from "../../src/core/layers/option.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { formatBytes, formatShare } from "../text/format.ts";
import { t } from "../text/t.ts";
import { OptionField } from "./OptionField.tsx";
import { ProblemList } from "./ProblemList.tsx";
import { SuggestionsSection } from "./SuggestionsSection.tsx";
import { TitleField } from "./TitleField.tsx";

const datasetOption: Option = {
  kind: "choice",
  values: Object.keys(datasets),
  description: "Images that the network learns from.",
};

const optimizerOption: Option = {
  kind: "choice",
  values: Object.keys(optimizers),
  default: "adam",
  description: "How a step follows from the gradient.",
};

interface RecipeFieldProps {
  readonly path: readonly string[];
  readonly option: Option;
  readonly value: unknown;
}

/** One value of the recipe; a value that only the default gives is shown as such. */
function RecipeField({ path, option, value }: RecipeFieldProps) {
  const isGiven = useAppState(
    (state) => state.drawn.parsed.rangeOf(["training", ...path]) !== undefined,
  );
  const commandFor = (wanted: JsonValue | undefined): EditCommand => ({
    type: "setTraining",
    path,
    ...(wanted === undefined ? {} : { value: wanted }),
  });
  return (
    <OptionField
      nodes={[]}
      name={path.at(-1) === "type" ? "optimizer" : (path.at(-1) ?? "")}
      option={option}
      // The recipe was read from the file, where every value is JSON.
      value={isGiven ? (value as JsonValue) : undefined}
      commandFor={commandFor}
    />
  );
}

function Recipe() {
  const recipe = useAppState((state) => state.drawn.parsed.design.training);
  const type = recipe?.optimizer.type ?? "adam";
  const optimizer: Readonly<Record<string, unknown>> = { ...recipe?.optimizer };
  const optimizerTable: OptionTable = optimizers[type].options;
  return (
    <section className="options" aria-label={t("Training recipe")}>
      <h3>{t("Training")}</h3>
      <RecipeField path={["dataset"]} option={datasetOption} value={recipe?.dataset} />
      <RecipeField path={["optimizer", "type"]} option={optimizerOption} value={type} />
      {Object.entries(optimizerTable).map(([name, option]) => (
        <RecipeField
          key={`${type} ${name}`}
          path={["optimizer", name]}
          option={option}
          value={optimizer[name]}
        />
      ))}
      {Object.entries<Option>(trainingOptions).map(([name, option]) => (
        <RecipeField
          key={name}
          path={[name]}
          option={option}
          value={recipe?.[name as keyof typeof trainingOptions]}
        />
      ))}
    </section>
  );
}

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
      <Recipe />
      <BudgetSection />
      <MemorySection />
      <SuggestionsSection />
    </>
  );
}
