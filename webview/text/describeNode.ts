import type { Category } from "../../src/core/layers/layer.ts";
import type { Shape } from "../../src/core/layers/shape.ts";
import type { Problem } from "../../src/core/design/problem.ts";
import { formatNumber } from "../../src/core/design/words.ts";
import { spokenShape } from "./format.ts";
import { t } from "./t.ts";

/** What a screen reader says about a node. */
export interface SpokenNode {
  readonly name: string;
  readonly typeTitle: string;
  readonly category: Category | undefined;
  /** Key options as on the card: `6 filters, 5×5`. */
  readonly options: string;
  readonly outputShape: Shape | undefined;
  readonly parameters: number;
  readonly repeat: number;
  readonly problem: Problem | undefined;
}

/** `c1, convolution, 6 filters, 5 by 5, output 28 by 28 by 6, 156 parameters`. */
export function describeNode(node: SpokenNode): string {
  const kind = node.category === "convolution" ? t("convolution") : t(node.typeTitle);
  return [
    node.name,
    kind,
    node.repeat > 1 ? t("{0} times", node.repeat) : "",
    node.options.replaceAll("×", ` ${t("by")} `).replaceAll(/\s+/g, " "),
    node.outputShape === undefined
      ? t("output unknown")
      : t("output {0}", spokenShape(node.outputShape)),
    node.parameters > 0 ? t("{0} parameters", formatNumber(node.parameters)) : "",
    node.problem === undefined ? "" : `${t(node.problem.severity)}: ${node.problem.message}`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}
