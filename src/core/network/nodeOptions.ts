import { commonBlockOptions } from "../blocks/blockOptions.ts";
import { bindValues, type Parameters, resolveParameters } from "../blocks/parameters.ts";
import type { BlockSource } from "../design/design.ts";
import { nearestName } from "../design/nearestName.ts";
import { readOptions } from "../design/readOptions.ts";
import { repeatOption } from "../design/recipeOptions.ts";
import { didYouMean, joinWords } from "../design/words.ts";
import type { JsonValue, OptionTable, OptionValues } from "../layers/option.ts";
import { type Place, report } from "./scope.ts";
import { t } from "../text/t.ts";

/** Options of a layer or built-in block after reading, or `undefined` with a problem for each that is wrong. */
export function readNodeOptions(place: Place, table: OptionTable): OptionValues | undefined {
  const raw = withParameters(place, table);
  if (raw === undefined) return undefined;
  const { values, issues } = readOptions(table, raw);
  for (const { code, message, option } of issues) {
    report(place, {
      severity: code === "unknownOption" ? "warning" : "error",
      code,
      message,
      // What is missing has no place of its own in the text.
      option: code === "missingOption" ? undefined : option,
    });
  }
  return values;
}

/** The place with its number of copies worked out, or `undefined` with a problem where that cannot be. */
export function withRepeat(place: Place): Place | undefined {
  const { node, scope } = place;
  const { repeatExpression, ...rest } = node;
  if (repeatExpression === undefined || scope.parameters === undefined) return place;
  const table = { repeat: repeatOption };
  const { options, faults } = resolveParameters(
    { repeat: repeatExpression },
    table,
    scope.parameters,
  );
  const { values, issues } = readOptions(table, options);
  for (const { message } of faults.length > 0 ? faults : issues) {
    report(place, { code: "invalidOption", message, option: "repeat" });
  }
  return values === undefined ? undefined : { ...place, node: { ...rest, repeat: values.repeat } };
}

function withParameters(
  place: Place,
  table: OptionTable,
): Readonly<Record<string, JsonValue>> | undefined {
  const { parameters } = place.scope;
  if (parameters === undefined) return place.node.options;
  const { options, faults } = resolveParameters(place.node.options, table, parameters);
  for (const { option, message } of faults) {
    report(place, { code: "invalidOption", message, option });
  }
  return faults.length === 0 ? options : undefined;
}

/** An instance of a user-defined block with what was given to it. */
export interface BoundBlock {
  readonly parameters: Parameters;
  /** True where nothing inside of it is trained. */
  readonly isFrozen: boolean;
}

/**
 * Parameters of an instance of a user-defined block: its own options over the defaults, which may be expressions over
 * the parameters before them. `trainable` is an option of every block; a parameter of that name is that option.
 * `undefined` with a problem where one cannot be worked out.
 */
export function bindParameters(place: Place, source: BlockSource): BoundBlock | undefined {
  const own = resolveParameters(place.node.options, undefined, place.scope.parameters ?? new Map());
  for (const { option, message } of own.faults) {
    report(place, { code: "invalidOption", message, option });
  }
  const names = Object.keys(source.parameters);
  for (const name of Object.keys(place.node.options)) {
    if (!names.includes(name) && !Object.hasOwn(commonBlockOptions, name)) {
      reportUnknownParameter(place, name, names);
    }
  }
  const { parameters, faults } = bindValues(source.parameters, own.options);
  for (const message of faults) report(place, { code: "invalidOption", message });
  if (own.faults.length > 0 || faults.length > 0) return undefined;
  const trainable = parameters.get("trainable") ?? own.options["trainable"];
  const given = trainable === undefined ? {} : { trainable };
  const { values, issues } = readOptions(commonBlockOptions, given);
  for (const { code, message, option } of issues) report(place, { code, message, option });
  return values && { parameters, isFrozen: !values.trainable };
}

function reportUnknownParameter(place: Place, name: string, names: readonly string[]): void {
  const nearest = nearestName(name, [...names, ...Object.keys(commonBlockOptions)]);
  const known = names.length === 0 ? t("It has none.") : t("It has {0}.", joinWords(names, "and"));
  report(place, {
    severity: "warning",
    code: "unknownOption",
    message: `${t("{0} is not a parameter of the block {1}.", JSON.stringify(name), JSON.stringify(place.node.type))}${nearest === undefined ? ` ${known}` : didYouMean(nearest)}`,
    option: name,
  });
}
