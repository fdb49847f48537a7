import type { DesignNode } from "../design/design.ts";
import type { Fix } from "../design/problem.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import { isFeatureMap, type Shape } from "../layers/shape.ts";

/** The one plain change that makes a layer take its inputs, where there is one. */
export function misfitFix(
  node: DesignNode,
  { type, options }: LayerDefinition,
  inputShapes: readonly Shape[],
): Fix | undefined {
  const [input] = inputShapes;
  if (input === undefined) return undefined;
  if (type === "dense" && isFeatureMap(input)) {
    return {
      title: "Insert a Flatten",
      command: { type: "addNode", nodeType: "flatten", onto: { node: node.id, index: 0 } },
    };
  }
  if (type === "add") return projection(node, inputShapes);
  if (!isFeatureMap(input)) return undefined;
  const { groups, padding } = node.options;
  if (typeof groups === "number" && options["groups"] !== undefined) {
    const { filters } = node.options;
    const common = divisor(divisor(groups, input[2]), typeof filters === "number" ? filters : 0);
    if (common !== groups) return setOption(node, `Set Groups to ${common}`, "groups", common);
  }
  return options["strides"] !== undefined && options["padding"] !== undefined && padding !== "same"
    ? setOption(node, "Set Padding to Same", "padding", "same")
    : undefined;
}

function setOption(node: DesignNode, title: string, option: string, value: string | number): Fix {
  return { title, command: { type: "setOption", nodes: [node.id], option, value } };
}

function divisor(first: number, second: number): number {
  return second === 0 ? first : divisor(second, first % second);
}

/** A 1 × 1 convolution on the wire that differs, as residual networks do where shapes change. */
function projection(node: DesignNode, inputShapes: readonly Shape[]): Fix | undefined {
  const [first, second, ...more] = inputShapes;
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  if (!isFeatureMap(first) || !isFeatureMap(second)) return undefined;
  // The shortcut is the wire that still has the larger map, or fewer channels on the same map.
  const isFirstLarger = first[0] === second[0] ? first[2] < second[2] : first[0] > second[0];
  const [from, to] = isFirstLarger ? [first, second] : [second, first];
  const strides = [Math.round(from[0] / to[0]), Math.round(from[1] / to[1])] as const;
  const fits =
    Math.ceil(from[0] / strides[0]) === to[0] && Math.ceil(from[1] / strides[1]) === to[1];
  if (!fits) return undefined;
  const options = { filters: to[2], kernelSize: 1, useBias: false };
  return {
    title: "Insert a 1 × 1 Projection",
    command: {
      type: "addNode",
      nodeType: "conv2d",
      options: strides[0] === 1 && strides[1] === 1 ? options : { ...options, strides },
      onto: { node: node.id, index: isFirstLarger ? 0 : 1 },
    },
  };
}
