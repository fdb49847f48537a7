import type { ParsedDesign } from "../design/parse.ts";
import { parseDesign } from "../design/parse.ts";
import type { Severity } from "../design/problem.ts";
import { expand } from "../network/expand.ts";
import type { Network, NetworkLayer } from "../network/network.ts";
import type {
  Analysis,
  LayerAnalysis,
  NodeAnalysis,
  Numbers,
  ReceptiveField,
  Status,
} from "./analysis.ts";
import { budgetProblems } from "./budget.ts";
import { countInference } from "./countInference.ts";
import { dataMismatch } from "./dataMismatch.ts";
import { findHints } from "./hints.ts";
import { memoryOf } from "./memory.ts";
import { noParameters } from "./parameters.ts";
import { receptiveFields } from "./receptiveField.ts";
import { findSavings } from "./savings.ts";

/** All numbers of a network. */
export function analyze(parsed: ParsedDesign, network: Network): Analysis {
  const { design } = parsed;
  const fields = receptiveFields(network);
  const layers = network.layers.map((layer) => analyzeLayer(layer, fields[layer.index]));
  const layerById = new Map<string, LayerAnalysis>();
  for (const layer of layers) layerById.set(layer.id, layer);
  const nodes = analyzeNodes(parsed, network, layers, layerById);
  const totals = {
    ...total([...nodes.values()]),
    ...atOutput(layerById.get(network.outputs[0] ?? "")),
  };
  const { training } = design;
  const problems = [
    ...parsed.problems,
    ...network.problems,
    ...budgetProblems(parsed, totals),
    ...dataMismatch(parsed, network),
    ...findHints(parsed, network, layerById),
  ];
  return {
    name: design.name,
    totals,
    layers,
    layerById,
    nodes,
    savings: findSavings(network),
    memory: memoryOf(network, totals.parameters, training),
    problems: problems.toSorted((one, other) => ranks[one.severity] - ranks[other.severity]),
  };
}

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

function analyzeLayer(
  { id, type, node, inputs, inference, inputShapes }: NetworkLayer,
  receptiveField: ReceptiveField | undefined,
): LayerAnalysis {
  if (inference === undefined) {
    return { id, type, node, inputs, ...nothingKnown };
  }
  const { parameters, macs, formulas } = countInference(inference, inputShapes[0]);
  const layer: Writable<LayerAnalysis> = {
    id,
    type,
    node,
    inputs,
    status: "exact",
    parameters,
    macs,
    outputShape: inference.outputShape,
    parameterFormula: formulas.parameters,
    macFormula: formulas.macs,
    outputFormula: formulas.output,
  };
  // Thousands of layers are analysed at every keystroke, and a spread costs more than all the rest.
  if (receptiveField !== undefined) layer.receptiveField = receptiveField;
  return layer;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const nothingKnown = {
  status: "unknown",
  parameters: noParameters,
  macs: 0,
  parameterFormula: "",
  macFormula: "",
  outputFormula: "",
} as const;

/** A subtotal for every node of the design, in the order of the file. */
function analyzeNodes(
  { design }: ParsedDesign,
  network: Network,
  layers: readonly LayerAnalysis[],
  layerById: ReadonlyMap<string, LayerAnalysis>,
): ReadonlyMap<string, NodeAnalysis> {
  const inside = groupByNode(layers);
  const nodes = new Map<string, NodeAnalysis>();
  for (const node of design.nodes.keys()) {
    const parts = inside.get(node) ?? [];
    const output = layerById.get(network.outputOf.get(node) ?? "");
    nodes.set(node, { ...partNumbers(parts, output), node, layerCount: parts.length });
  }
  return nodes;
}

/** Subtotal of a part of a network, with the shape and the receptive field of the layer that leaves it. */
export function partNumbers(
  parts: readonly LayerAnalysis[],
  output: LayerAnalysis | undefined,
): Numbers {
  const sum = total(parts);
  // A block that broke inside has layers, but none that leaves it.
  const status = output === undefined && sum.status === "exact" ? "partial" : sum.status;
  return { ...sum, status, ...atOutput(output) };
}

function groupByNode(layers: readonly LayerAnalysis[]): ReadonlyMap<string, LayerAnalysis[]> {
  const groups = new Map<string, LayerAnalysis[]>();
  for (const layer of layers) {
    const group = groups.get(layer.node);
    if (group === undefined) groups.set(layer.node, [layer]);
    else group.push(layer);
  }
  return groups;
}

function atOutput(
  output: LayerAnalysis | undefined,
): Pick<Numbers, "outputShape" | "receptiveField"> {
  const { outputShape, receptiveField } = output ?? {};
  return {
    ...(outputShape === undefined ? {} : { outputShape }),
    ...(receptiveField === undefined ? {} : { receptiveField }),
  };
}

function total(parts: readonly Numbers[]): Pick<Numbers, "status" | "parameters" | "macs"> {
  let trainable = 0;
  let nonTrainable = 0;
  let macs = 0;
  for (const part of parts) {
    trainable += part.parameters.trainable;
    nonTrainable += part.parameters.nonTrainable;
    macs += part.macs;
  }
  const parameters = { total: trainable + nonTrainable, trainable, nonTrainable };
  return { status: statusOf(parts), parameters, macs };
}

function statusOf(parts: readonly Numbers[]): Status {
  // Also where there are no parts at all.
  if (parts.every((part) => part.status === "unknown")) return "unknown";
  return parts.every((part) => part.status === "exact") ? "exact" : "partial";
}

/** Text of a design with everything that follows from it. */
export interface AnalyzedDesign {
  readonly parsed: ParsedDesign;
  readonly network: Network;
  readonly analysis: Analysis;
}

/** The whole road from text to numbers; never throws for any text. */
export function analyzeText(text: string): AnalyzedDesign {
  const parsed = parseDesign(text);
  const network = expand(parsed);
  return { parsed, network, analysis: analyze(parsed, network) };
}
