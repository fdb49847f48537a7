import {
  defaultOptimizer,
  defaultSchedule,
  earlyStoppingOptions,
  optimizers,
  schedules,
  trainingOptions,
} from "../../src/core/design/recipeOptions.ts";
import type { Option } from "../../src/core/layers/option.ts";
import { useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { AugmentationFields, DatasetFields } from "./DatasetFields.tsx";
import { OptionField } from "./OptionField.tsx";
import { RecipeField, RecipeFields } from "./RecipeFields.tsx";

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
      <DatasetFields />
      <AugmentationFields />
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
