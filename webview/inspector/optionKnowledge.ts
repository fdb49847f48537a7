import type { Option } from "../../src/core/layers/option.ts";
import { formatNumber } from "../../src/core/design/words.ts";
import { t } from "../text/t.ts";

/** What a number of an option counts, in English; translated where it is shown. */
const units: Readonly<Record<string, string>> = {
  kernelSize: "px",
  strides: "px",
  padding: "px",
  poolSize: "px",
  dilationRate: "px",
  cropping: "px",
  outputPadding: "px",
  batchSize: "images",
};

/** Values that are often wanted, as they are typed. */
const usual: Readonly<Record<string, readonly string[]>> = {
  filters: ["16", "32", "64", "128", "256", "512"],
  units: ["10", "64", "128", "256", "512", "1024"],
  kernelSize: ["1", "3", "5", "7", "1 × 3", "3 × 1"],
  poolSize: ["2", "3"],
  strides: ["1", "2"],
  dilationRate: ["1", "2", "4"],
  padding: ["same", "valid", "1"],
  rate: ["0.1", "0.2", "0.25", "0.4", "0.5"],
  dropoutRate: ["0", "0.2", "0.5"],
  momentum: ["0.9", "0.99"],
  epsilon: ["0.001", "0.00001"],
  groups: ["1", "2", "4", "8", "32"],
  growthRate: ["12", "24", "32", "48"],
  expansion: ["1", "4", "6"],
  repeat: ["1", "2", "3", "4", "6"],
  size: ["2", "4"],
  depthMultiplier: ["1", "2"],
  kernelRegularizer: ["l2 0.0001", "l2 0.0005", "l1 0.0001"],
  shape: ["28 × 28 × 1", "32 × 32 × 3", "224 × 224 × 3"],
};

/** Unit behind a number, empty where it counts nothing with a name. */
export function unitOf(name: string, option: Option): string {
  const unit = units[name];
  return unit === undefined || option.kind === "boolean" || option.kind === "choice" ? "" : t(unit);
}

/** Other values to try, without the one that stands there. */
export function usualValues(name: string, shown: string): readonly string[] {
  return (usual[name] ?? []).filter((value) => value !== shown);
}

function bounds(least: string | undefined, most: string | undefined): string {
  if (least !== undefined && most !== undefined) {
    return t("{0} to {1}", least, most);
  }
  if (least !== undefined) {
    return t("{0} or more", least);
  }
  return most === undefined ? "" : t("at most {0}", most);
}

const figure = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : formatNumber(value);

/** What may be typed: `1 or more`, `0 to less than 1`. */
export function rangeWords(option: Option): string {
  switch (option.kind) {
    case "integer":
    case "pair":
    case "optionalPair":
      return bounds(figure(option.minimum), figure(option.maximum));
    case "number": {
      const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = option;
      const least =
        exclusiveMinimum === undefined ? minimum?.toString() : t("more than {0}", exclusiveMinimum);
      const most =
        exclusiveMaximum === undefined ? maximum?.toString() : t("less than {0}", exclusiveMaximum);
      return bounds(least, most);
    }
    case "padding":
      return t("same, valid, a number, or top × bottom × left × right");
    case "shape":
      return t("height × width × channels");
    case "regularizer":
      return t("for example l2 0.0001");
    case "boolean":
    case "choice":
    case "table":
    case "rising":
    case "text":
    case "weights":
      return "";
  }
}
