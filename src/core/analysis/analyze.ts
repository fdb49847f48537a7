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
import { formulasOf, sumOf, type Formulas } from "./formulas.ts";
import { memoryOf } from "./memory.ts";
import { addParameters, countParameters, noParameters } from "./parameters.ts";
import { receptiveFields } from "./receptiveField.ts";
import { findSavings } from "./savings.ts";

/** All numbers of a network. */
export function analyze(parsed: ParsedDesign, network: Network): Analysis {
  const { design } = parsed;
  const fields = receptiveFields(network);
  const layers = network.layers.map((layer) => analyzeLayer(layer, fields.get(layer.id)));
  const layerById = new Map(layers.map((layer) => [layer.id, layer]));
  const nodes = analyzeNodes(parsed, network, layers, layerById);
  const totals = {
    ...total([...nodes.values()]),
    ...atOutput(layerById.get(network.outputs[0] ?? "")),
  };
  const { training } = design;
  const problems = [...parsed.problems, ...network.problems, ...budgetProblems(parsed, totals)];
  return {
    name: design.name,
    totals,
    layers,
    layerById,
    nodes,
    savings: findSavings(network),
    memory: memoryOf(network, totals.parameters, training?.batchSize ?? 1, training?.optimizer),
    problems: problems.toSorted((one, other) => ranks[one.severity] - ranks[other.severity]),
  };
}

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

const noFormulas: Formulas = { parameters: "", macs: "", output: "" };

function analyzeLayer(
  layer: NetworkLayer,
  receptiveField: ReceptiveField | undefined,
): LayerAnalysis {
  const { id, type, node, inputs, inference, inputShapes } = layer;
  const formulas = inference === undefined ? noFormulas : formulasOf(inputShapes[0], inference);
  return {
    id,
    type,
    node,
    inputs,
    status: inference === undefined ? "unknown" : "exact",
    parameters: inference === undefined ? noParameters : countParameters(inference.weights),
    macs: inference === undefined ? 0 : sumOf(inference.macs),
    ...(inference === undefined ? {} : { outputShape: inference.outputShape }),
    ...(receptiveField === undefined ? {} : { receptiveField }),
    parameterFormula: formulas.parameters,
    macFormula: formulas.macs,
    outputFormula: formulas.output,
  };
}

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
    const sum = total(parts);
    // A block that broke inside has layers, but none that leaves it.
    const status = output === undefined && sum.status === "exact" ? "partial" : sum.status;
    nodes.set(node, { ...sum, status, node, layerCount: parts.length, ...atOutput(output) });
  }
  return nodes;
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
  let parameters = noParameters;
  let macs = 0;
  for (const part of parts) {
    parameters = addParameters(parameters, part.parameters);
    macs += part.macs;
  }
  return { status: statusOf(parts), parameters, macs };
}

function statusOf(parts: readonly Numbers[]): Status {
  if (parts.length === 0 || parts.every((part) => part.status === "unknown")) return "unknown";
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
