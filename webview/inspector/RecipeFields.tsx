import type { JsonValue, Option, OptionTable } from "../../src/core/layers/option.ts";
import { useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { OptionField } from "./OptionField.tsx";

type Path = readonly string[];
type Values = Readonly<Record<string, unknown>>;

interface RecipeFieldProps {
  readonly path: Path;
  /** The last part of the path by default. */
  readonly name?: string;
  readonly option: Option;
  readonly value: unknown;
  /** What stands in the file where the field says something shorter. */
  readonly written?: (value: JsonValue) => JsonValue;
}

/** One value of the recipe; a value that only the default gives is shown as such. */
export function RecipeField({
  path,
  name = path.at(-1) ?? "",
  option,
  value,
  written,
}: RecipeFieldProps) {
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
        ...(wanted === undefined ? {} : { value: written?.(wanted) ?? wanted }),
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
export function RecipeFields({ path, table, values }: RecipeFieldsProps) {
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
