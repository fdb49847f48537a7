import type { ParsedDesign } from "../design/parse.ts";
import type { Problem } from "../design/problem.ts";
import { Expander } from "./expander.ts";
import type { Network, NetworkBlock, NetworkLayer } from "./network.ts";
import { networkOutputs } from "./networkOutputs.ts";
import type { Source, Template, TemplateProblem } from "./template.ts";

/** Expands blocks and infers every shape; problems carry the node and its place in the text. */
export function expand(parsed: ParsedDesign): Network {
  const { design } = parsed;
  const expander = new Expander(design.blocks);
  const { template, outlets, layersOf } = expander.expandNodes(design.nodes);
  const idOf = (source: Source) =>
    typeof source === "string" ? source : (template.layers[source]?.id ?? "");
  const layers = networkLayers(template, layersOf, idOf);
  const outputOf = new Map<string, string>();
  for (const [node, { source }] of outlets) {
    if (typeof source === "number") outputOf.set(node, idOf(source));
  }
  const blocks = template.blocks.map((block): NetworkBlock => networkBlock(block, idOf));
  const problems = template.problems.map((problem) => toProblem(problem, parsed));
  const found = networkOutputs(parsed, layers, outputOf);
  return {
    name: design.name,
    layers,
    byId: new Map(layers.map((layer) => [layer.id, layer])),
    blocks,
    outputOf,
    outputs: found.outputs,
    problems: [...problems, ...found.problems],
  };
}

function networkLayers(
  template: Template,
  layersOf: ReadonlyMap<string, readonly [first: number, end: number]>,
  idOf: (source: Source) => string,
): readonly NetworkLayer[] {
  const layers: NetworkLayer[] = [];
  for (const [node, [first, end]] of layersOf) {
    for (let index = first; index < end; index++) {
      const layer = template.layers[index];
      if (layer === undefined) continue;
      const { id, type, options, inputs, inputShapes, inference } = layer;
      layers.push({
        id,
        // The options were read by the table of this very type.
        type,
        options,
        node,
        inputs: inputs.map(idOf),
        inputShapes,
        ...(inference === undefined ? {} : { inference }),
      } as NetworkLayer);
    }
  }
  return layers;
}

function networkBlock(
  { id, type, parent, repeat, children, output }: Template["blocks"][number],
  idOf: (source: Source) => string,
): NetworkBlock {
  const [node = id] = id.split("/");
  return {
    id,
    type,
    node,
    ...(parent === undefined ? {} : { parent }),
    repeat,
    children,
    ...(typeof output === "number" ? { output: idOf(output) } : {}),
  };
}

function toProblem(problem: TemplateProblem, parsed: ParsedDesign): Problem {
  const { severity, code, subject, message, path, option, fix, detail } = problem;
  const range = path && rangeNear(path, parsed);
  const [node = subject] = subject.split("/");
  return {
    severity,
    code,
    message: `${subject}: ${message}`,
    node,
    ...(option === undefined ? {} : { option }),
    ...(range === undefined ? {} : { range }),
    ...(fix === undefined ? {} : { fix }),
    ...(detail === undefined ? {} : { detail }),
  };
}

/** Where a value stands, or what is around it where the value itself is not written. */
function rangeNear(path: readonly (string | number)[], parsed: ParsedDesign): Problem["range"] {
  for (let length = path.length; length > 0; length--) {
    const range = parsed.rangeOf(path.slice(0, length));
    if (range !== undefined) return range;
  }
  return undefined;
}
