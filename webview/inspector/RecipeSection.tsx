import {
  datasets,
  defaultOptimizer,
  defaultSchedule,
  earlyStoppingOptions,
  optimizers,
  schedules,
  trainingOptions,
} from "../../src/core/design/recipeOptions.ts";
import type { JsonValue, Option, OptionTable } from "../../src/core/layers/option.ts";
import { useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { OptionField } from "./OptionField.tsx";

const datasetOption: Option = {
  kind: "choice",
  values: Object.keys(datasets),
  description: "Images that the network learns from.",
};

const optimizerOption: Option = {
  kind: "choice",
  values: Object.keys(optimizers),
  default: defaultOptimizer,
  description: "How a step follows from the gradient.",
};

const scheduleOption: Option = {
  kind: "choice",
  values: Object.keys(schedules),
  default: defaultSchedule,
  description: "How the learning rate changes.",
};

type Path = readonly string[];
type Values = Readonly<Record<string, unknown>>;

interface RecipeFieldProps {
  readonly path: Path;
  /** The last part of the path by default. */
  readonly name?: string;
  readonly option: Option;
  readonly value: unknown;
}

/** One value of the recipe; a value that only the default gives is shown as such. */
function RecipeField({ path, name = path.at(-1) ?? "", option, value }: RecipeFieldProps) {
  const isGiven = useIsGiven(path);
  return (
    <OptionField
      nodes={[]}
      field={path.join(".")}
      name={name}
      option={option}
      // The recipe was read from the file, where every value is JSON.
      value={isGiven ? (value as JsonValue) : undefined}
      commandFor={(wanted) => ({
        type: "setTraining",
        path,
        ...(wanted === undefined ? {} : { value: wanted }),
      })}
    />
  );
}

const useIsGiven = (path: Path): boolean =>
  useAppState((state) => state.drawn.parsed.rangeOf(["training", ...path]) !== undefined);

interface RecipeFieldsProps {
  /** Where the options stand in the recipe. */
  readonly path: Path;
  readonly table: OptionTable;
  readonly values: Values;
}

/** The options of a table; rarely changed ones are folded away until the file has one of them. */
function RecipeFields({ path, table, values }: RecipeFieldsProps) {
  const options = Object.entries<Option>(table);
  const advanced = options.filter(([, { isAdvanced }]) => isAdvanced === true);
  const isGiven = useAppState(({ drawn }) =>
    advanced.some(([name]) => drawn.parsed.rangeOf(["training", ...path, name]) !== undefined),
  );
  const fieldOf = ([name, option]: (typeof options)[number]) => (
    <RecipeField key={name} path={[...path, name]} option={option} value={values[name]} />
  );
  return (
    <>
      {options.filter(([, { isAdvanced }]) => isAdvanced !== true).map(fieldOf)}
      {advanced.length > 0 && (
        <details className="more-options" open={isGiven || undefined}>
          <summary>{t("More of {0}", path[0] ?? t("training"))}</summary>
          {advanced.map(fieldOf)}
        </details>
      )}
    </>
  );
}

const earlyStoppingOption: Option = {
  kind: "boolean",
  default: false,
  description: "Ends the training where it does not get better any more.",
};

/** An object of the recipe that is there or not. */
function EarlyStopping() {
  const values = useAppState((state) => state.drawn.parsed.design.training?.earlyStopping);
  return (
    <>
      <OptionField
        nodes={[]}
        name="earlyStopping"
        option={earlyStoppingOption}
        value={values === undefined ? undefined : true}
        commandFor={(wanted) => ({
          type: "setTraining",
          path: ["earlyStopping"],
          ...(wanted === true ? { value: {} } : {}),
        })}
      />
      {values !== undefined && (
        <RecipeFields
          path={["earlyStopping"]}
          table={earlyStoppingOptions}
          values={{ ...values }}
        />
      )}
    </>
  );
}

/** How the design is trained, from the tables of the recipe. */
export function RecipeSection() {
  const recipe = useAppState((state) => state.drawn.parsed.design.training);
  const optimizer = recipe?.optimizer.type ?? defaultOptimizer;
  const schedule = recipe?.schedule.type ?? defaultSchedule;
  return (
    <section className="options" aria-label={t("Training recipe")}>
      <h3>{t("Training")}</h3>
      <RecipeField path={["dataset"]} option={datasetOption} value={recipe?.dataset} />
      <RecipeFields path={[]} table={trainingOptions} values={{ ...recipe }} />
      <h4>{t("Optimizer")}</h4>
      <RecipeField
        path={["optimizer", "type"]}
        name="optimizer"
        option={optimizerOption}
        value={optimizer}
      />
      <RecipeFields
        key={optimizer}
        path={["optimizer"]}
        table={optimizers[optimizer].options}
        values={{ ...recipe?.optimizer }}
      />
      <h4>{t("Learning rate over time")}</h4>
      <RecipeField
        path={["schedule", "type"]}
        name="schedule"
        option={scheduleOption}
        value={schedule}
      />
      <RecipeFields
        key={`schedule ${schedule}`}
        path={["schedule"]}
        table={schedules[schedule].options}
        values={{ ...recipe?.schedule }}
      />
      <EarlyStopping />
    </section>
  );
}
