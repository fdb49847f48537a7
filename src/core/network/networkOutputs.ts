import type { ParsedDesign } from "../design/parse.ts";
import type { Problem } from "../design/problem.ts";
import type { Shape } from "../layers/shape.ts";
import type { NetworkLayer } from "./network.ts";
import { t } from "../text/t.ts";

/** Layers that are the outputs of a network, the main one first, and what is wrong with its ends. */
export interface NetworkEnds {
  readonly outputs: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Finds the ends of a network. Of several layers that nothing reads, the main output is a vector rather than a map, no
 * `auxiliaryHead`, and the deepest; those of the same shape are outputs beside it (auxiliary heads), the others are dead ends.
 */
export function networkOutputs(
  parsed: ParsedDesign,
  layers: readonly NetworkLayer[],
  outputOf: ReadonlyMap<string, string>,
): NetworkEnds {
  const isRead: boolean[] = layers.map(() => false);
  for (const { sources } of layers) {
    for (const source of sources) {
      if (source >= 0) isRead[source] = true;
    }
  }
  const ends = layers.filter((layer) => !isRead[layer.index] && isEndOfNode(layer, outputOf));
  const depth = depths(layers);
  const depthOf = (layer: NetworkLayer) => depth[layer.index] ?? 0;
  const [main, ...others] = ends
    .filter((layer) => layer.type !== "input")
    .toSorted(
      (one, other) =>
        rank(other) - rank(one) ||
        Number(isHead(parsed, one)) - Number(isHead(parsed, other)) ||
        depthOf(other) - depthOf(one),
    );
  const problems = inputProblems(parsed, layers);
  if (main === undefined) {
    // Where there are nodes to be the output, what is wrong with them is said at them.
    const hasOthers = [...parsed.design.nodes.values()].some(({ type }) => type !== "input");
    if (parsed.isJson && !hasOthers) problems.push(noOutput(layers));
    return { outputs: [], problems };
  }
  const shape = main.inference?.outputShape;
  const outputs = [main.id];
  for (const end of others) {
    if (isSame(end.inference?.outputShape, shape)) outputs.push(end.id);
    // A broken end has a problem of its own.
    else if (end.inference !== undefined) problems.push(deadEnd(parsed, end, main));
  }
  return { outputs, problems };
}

/** A vector is more of an output than a map, and either more than what is broken. */
function rank({ inference }: NetworkLayer): number {
  if (inference === undefined) return 0;
  return inference.outputShape.length === 1 ? 2 : 1;
}

const isHead = ({ design }: ParsedDesign, { node }: NetworkLayer): boolean =>
  design.nodes.get(node)?.type === "auxiliaryHead";

function isEndOfNode(layer: NetworkLayer, outputOf: ReadonlyMap<string, string>): boolean {
  return outputOf.get(layer.node) === layer.id;
}

function isSame(one: Shape | undefined, other: Shape | undefined): boolean {
  return one !== undefined && other !== undefined && one.join() === other.join();
}

/** Layers on the longest way to each. */
function depths(layers: readonly NetworkLayer[]): readonly number[] {
  const depth: number[] = [];
  for (const { sources } of layers) {
    let deepest = 0;
    for (const source of sources) deepest = Math.max(deepest, depth[source] ?? 0);
    depth.push(1 + deepest);
  }
  return depth;
}

function noOutput(layers: readonly NetworkLayer[]): Problem {
  return {
    severity: "error",
    code: "noOutput",
    message:
      layers.length === 0
        ? t("The design has no layers yet: add an input and the layers behind it.")
        : t("The design has no output: add a layer that reads the input."),
  };
}

function inputProblems(parsed: ParsedDesign, layers: readonly NetworkLayer[]): Problem[] {
  const inputs = layers.filter((layer) => layer.type === "input");
  // An input whose shape is wrong has a problem of its own.
  const hasBroken = [...parsed.design.nodes.values()].some(({ type }) => type === "input");
  if (inputs.length === 0 && !hasBroken && layers.length > 0) {
    return [
      {
        severity: "error",
        code: "noInput",
        message: t(
          'The design has no input: add a node of type "input" with the shape of the images.',
        ),
        fix: {
          title: t("Add an Input"),
          command: { type: "addNode", nodeType: "input", options: { shape: [32, 32, 3] } },
        },
      },
    ];
  }
  const [first, ...more] = inputs;
  return more.map((layer) => {
    const range = parsed.rangeOf(["nodes", layer.node]);
    return {
      severity: "error",
      code: "tooManyInputs",
      message: t(
        "{0}: the design has an input already, {1}; one image enters a network.",
        layer.node,
        first?.node ?? "",
      ),
      node: layer.node,
      ...(range === undefined ? {} : { range }),
    };
  });
}

function deadEnd(parsed: ParsedDesign, end: NetworkLayer, main: NetworkLayer): Problem {
  const range = parsed.rangeOf(["nodes", end.node]);
  return {
    severity: "warning",
    code: "deadEnd",
    message: t(
      "{0}: nothing reads it, and {1} is the output of the network. Connect or remove it.",
      end.node,
      main.node,
    ),
    node: end.node,
    ...(range === undefined ? {} : { range }),
    fix: { title: t("Remove {0}", end.node), command: { type: "removeNodes", nodes: [end.node] } },
  };
}
