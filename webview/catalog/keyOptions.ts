import { readOptions } from "../../src/core/design/readOptions.ts";
import type {
  ExplicitPadding,
  JsonValue,
  Option,
  OptionTable,
  OptionValue,
  Pair,
} from "../../src/core/layers/option.ts";
import { formatNumber } from "../../src/core/design/words.ts";
import { t } from "../text/t.ts";
import type { CatalogEntry } from "./catalog.ts";

type Values = Readonly<Record<string, JsonValue | OptionValue<Option>>>;

const isPair = (value: unknown): value is Pair => Array.isArray(value) && value.length === 2;

function windowWords(values: Values): string | undefined {
  const size = values["kernelSize"] ?? values["poolSize"];
  if (!isPair(size)) {
    return undefined;
  }
  const strides = values["strides"] ?? (values["poolSize"] === undefined ? [1, 1] : size);
  const stride =
    isPair(strides) && (strides[0] !== 1 || strides[1] !== 1)
      ? `/${strides[0] === strides[1] ? strides[0] : strides.join("×")}`
      : "";
  return `${size[0]}×${size[1]}${stride}`;
}

function paddingWords(padding: JsonValue | OptionValue<Option> | undefined): string | undefined {
  if (padding === "same") {
    return t("same");
  }
  if (typeof padding !== "object" || padding === null || !("top" in padding)) {
    return undefined;
  }
  const { top, bottom, left, right } = padding as ExplicitPadding;
  const sides = [top, bottom, left, right];
  if (sides.every((side) => side === 0)) {
    return undefined;
  }
  return t("pad {0}", new Set(sides).size === 1 ? top : sides.join(","));
}

const words: Readonly<Record<string, (value: number) => string | undefined>> = {
  filters: (value) => (value === 1 ? t("1 filter") : t("{0} filters", formatNumber(value))),
  units: (value) => (value === 1 ? t("1 unit") : t("{0} units", formatNumber(value))),
  groups: (value) => (value > 1 ? t("{0} groups", value) : undefined),
  rate: (value) => t("rate {0}", value),
  growthRate: (value) => t("growth {0}", value),
  depthMultiplier: (value) => (value > 1 ? t("depth ×{0}", value) : undefined),
};

function numberWords(values: Values): readonly string[] {
  return Object.entries(words).flatMap(([name, say]) => {
    const value = values[name];
    const said = typeof value === "number" ? say(value) : undefined;
    return said === undefined ? [] : [said];
  });
}

function layerWords(values: Values): readonly string[] {
  const { activation, dilationRate, padding } = values;
  const isDilated = isPair(dilationRate) && (dilationRate[0] > 1 || dilationRate[1] > 1);
  return [
    ...numberWords(values),
    windowWords(values),
    paddingWords(padding),
    isDilated ? t("dilated {0}", dilationRate[0]) : undefined,
    typeof activation === "string" && activation !== "linear" ? activation : undefined,
  ].filter((word) => word !== undefined);
}

/** Blocks say the numbers that the file must give: their widths. */
function blockWords(table: OptionTable, values: Values): readonly string[] {
  const widths = Object.entries(table)
    .filter(([name, option]) => option.kind === "integer" && name !== "repeat")
    .filter(([name, option]) => values[name] !== option.default)
    .map(([name]) => values[name])
    .filter((value) => typeof value === "number");
  const said = numberWords(values);
  const { bottleneck, strides } = values;
  const stride = isPair(strides) ? strides[0] : strides;
  return [
    ...(said.length > 0 && widths.length <= 2 ? said : [widths.join(", ")]),
    bottleneck === true ? t("bottleneck") : "",
    typeof stride === "number" && stride > 1 ? `/${stride}` : "",
  ].filter((word) => word !== "");
}

/** Nobody knows which parameters of a block of one's own matter most, so all that are given are said. */
const ownWords = (raw: Readonly<Record<string, JsonValue>>): readonly string[] =>
  Object.entries(raw).flatMap(([name, value]) =>
    name === "trainable"
      ? []
      : [`${name} ${typeof value === "string" ? value : JSON.stringify(value)}`],
  );

/** The options that matter most, in one line: `6 filters, 5×5, tanh`. */
export function keyOptions(
  entry: CatalogEntry | undefined,
  raw: Readonly<Record<string, JsonValue>>,
): string {
  if (entry === undefined) {
    return "";
  }
  const frozen = raw["trainable"] === false ? [t("frozen")] : [];
  if (entry.isOwn === true) {
    return [...ownWords(raw), ...frozen].join(", ");
  }
  const values: Values = readOptions(entry.options, raw).values ?? raw;
  const said = entry.category === "block" ? blockWords(entry.options, values) : layerWords(values);
  return [...said, ...frozen].join(", ");
}
