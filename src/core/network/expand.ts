import type { ParsedDesign } from "../design/parse.ts";
import type { Problem } from "../design/problem.ts";
import type { LayerType } from "../layers/layers.ts";
import { Expander } from "./expander.ts";
import type { Network, NetworkBlock, NetworkLayer, NetworkLayerOf } from "./network.ts";
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
  const byId = new Map<string, NetworkLayer>();
  for (const layer of layers) byId.set(layer.id, layer);
  const found = networkOutputs(parsed, layers, outputOf);
  return {
    name: design.name,
    layers,
    byId,
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
      const made: Writable<NetworkLayerOf<LayerType>> = {
        id,
        type,
        options,
        node,
        index: layers.length,
        sources: placesOf(inputs),
        inputs: inputs.map(idOf),
        inputShapes,
      };
      // Thousands of layers are made at every keystroke, and a spread costs more than all the rest.
      if (inference !== undefined) made.inference = inference;
      // The options were read by the table of this very type.
      layers.push(made as NetworkLayer);
    }
  }
  return layers;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The layers of the design stand in the order of the template, so that its places are theirs. */
function placesOf(inputs: readonly Source[]): readonly number[] {
  const isPlace = (source: Source) => typeof source === "number";
  return inputs.every(isPlace) ? inputs : inputs.map((source) => (isPlace(source) ? source : -1));
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
  const { severity, code, subject, part, message, path, option, fix, detail } = problem;
  const range = path && rangeNear(path, parsed);
  const [node = subject] = subject.split("/");
  return {
    severity,
    code,
    message: `${subject}: ${message}`,
    node,
    ...(part === node ? {} : { part }),
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
