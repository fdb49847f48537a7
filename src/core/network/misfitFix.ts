import type { DesignNode } from "../design/design.ts";
import type { Fix } from "../design/problem.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import { isFeatureMap, type Shape } from "../layers/shape.ts";
import { joinFix } from "./joinFix.ts";
import type { Place } from "./scope.ts";
import { t } from "../text/t.ts";

/** The one plain change that makes a layer take its inputs, where there is one. */
export function misfitFix(
  place: Place,
  definition: LayerDefinition,
  inputShapes: readonly Shape[],
): Fix | undefined {
  const { node } = place;
  const { type, options, category } = definition;
  const [input] = inputShapes;
  if (input === undefined) return undefined;
  if (type === "dense" && isFeatureMap(input)) {
    return {
      title: t("Insert a Flatten"),
      command: { type: "addNode", nodeType: "flatten", onto: { node: node.id, index: 0 } },
    };
  }
  if (category === "join") return joinFix(place, definition, inputShapes);
  if (!isFeatureMap(input)) return undefined;
  const { groups, padding } = node.options;
  if (typeof groups === "number" && options["groups"] !== undefined) {
    const { filters } = node.options;
    const common = divisor(divisor(groups, input[2]), typeof filters === "number" ? filters : 0);
    if (common !== groups) return setOption(node, t("Set Groups to {0}", common), "groups", common);
  }
  return options["strides"] !== undefined && options["padding"] !== undefined && padding !== "same"
    ? setOption(node, t("Set Padding to Same"), "padding", "same")
    : undefined;
}

function setOption(node: DesignNode, title: string, option: string, value: string | number): Fix {
  return { title, command: { type: "setOption", nodes: [node.id], option, value } };
}

function divisor(first: number, second: number): number {
  return second === 0 ? first : divisor(second, first % second);
}
