import { augmentationOptions } from "../../src/core/design/augmentationOptions.ts";
import { datasets } from "../../src/core/design/datasetOptions.ts";
import type { TypedDefinition } from "../../src/core/design/recipeOptions.ts";
import type { JsonValue, Option } from "../../src/core/layers/option.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { RecipeField, RecipeFields } from "./RecipeFields.tsx";

const kinds: Readonly<Record<string, TypedDefinition>> = datasets;

const datasetOption: Option = {
  kind: "choice",
  values: Object.keys(datasets),
  description: "Images that the network learns from.",
};

/** A type that needs a path is written with one, for its author to change. */
function writtenType(type: JsonValue): JsonValue {
  const { path } = (typeof type === "string" ? kinds[type]?.options : undefined) ?? {};
  return path === undefined || path.default !== undefined ? type : { type, path: "./data" };
}

/** The data set of the recipe with its options. */
export function DatasetFields() {
  const application = useApplication();
  const recipe = useAppState((state) => state.drawn.parsed.design.training?.dataset);
  const isEditable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  return (
    <>
      <RecipeField
        path={["dataset"]}
        option={datasetOption}
        value={recipe?.type}
        written={writtenType}
      />
      <RecipeFields
        key={recipe?.type}
        path={["dataset"]}
        table={kinds[recipe?.type ?? ""]?.options ?? {}}
        values={{ ...recipe }}
      />
      <div className="dataset-actions">
        <button
          type="button"
          className="button secondary"
          disabled={!isEditable}
          onClick={() => application.send({ type: "chooseDataset" })}
        >
          {t("Choose Data Set...")}
        </button>
        <button
          type="button"
          className="button secondary"
          disabled={recipe === undefined}
          onClick={() => application.send({ type: "inspectDataset" })}
        >
          {t("Inspect Data Set")}
        </button>
      </div>
    </>
  );
}

/** What is done to training images; folded away where it is nothing. */
export function AugmentationFields() {
  const recipe = useAppState((state) => state.drawn.parsed.design.training?.augmentation);
  return (
    <details className="more-options" open={recipe !== undefined || undefined}>
      <summary>{t("Augmentation")}</summary>
      <RecipeFields path={["augmentation"]} table={augmentationOptions} values={{ ...recipe }} />
    </details>
  );
}
