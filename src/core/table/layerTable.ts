import type { Analysis, Numbers } from "../analysis/analysis.ts";
import type { AnalyzedDesign } from "../analysis/analyze.ts";
import { sizeOf } from "../layers/shape.ts";
import { groupsOf, type Group } from "./groups.ts";
import { layerOptionWords, writtenOptionWords } from "./optionWords.ts";

/** `block` rows are the subtotals of the rows behind them that are deeper. */
export type RowKind = "layer" | "block" | "total";

/** One row of the table of layers. */
export interface TableRow extends Numbers {
  /** Path of the layer or block; empty for the total. */
  readonly id: string;
  /** Design node that it belongs to. */
  readonly node: string;
  /** Row that it is part of. */
  readonly parent?: string;
  /** 1 for a node of the design, 2 for what stands inside it, and so on. */
  readonly level: number;
  readonly kind: RowKind;
  /** The id without that of the row around it. */
  readonly name: string;
  readonly type: string;
  readonly options: string;
  /** Bytes of float32 that its outputs take for one image. */
  readonly activations: number;
  /** Parts of the whole network, 0 to 1. */
  readonly parameterShare: number;
  readonly macShare: number;
}

/** All layers of a network with subtotals of its blocks. */
export interface LayerTable {
  /** In the order of the network; a block stands before its parts. */
  readonly rows: readonly TableRow[];
  readonly total: TableRow;
}

/** The table of a design: what every panel, file and terminal shows of its layers. */
export function layerTable(drawn: AnalyzedDesign): LayerTable {
  const tree = growTree(drawn);
  const rows: TableRow[] = [];
  const add = (branch: Branch, level: number): void => {
    rows.push(rowOf(branch, level, drawn));
    for (const part of branch.parts) add(part, level + 1);
  };
  for (const branch of tree) add(branch, 1);
  return { rows, total: totalRow(drawn.analysis, tree) };
}

const BYTES = 4;

/** A layer, or a block with its parts; the sums grow while the layers come in. */
interface Branch {
  readonly id: string;
  readonly node: string;
  readonly parent?: string;
  readonly group?: Group;
  readonly parts: Branch[];
  trainable: number;
  nonTrainable: number;
  macs: number;
  activations: number;
  known: number;
  unknown: number;
}

function growTree({ parsed, network, analysis }: AnalyzedDesign): readonly Branch[] {
  const { groups, around } = groupsOf(network);
  const branches = new Map<string, Branch>();
  const roots: Branch[] = [];
  const branchOf = (id: string, node: string, group: Group | undefined): Branch => {
    const known = branches.get(id);
    if (known !== undefined) return known;
    const outer = around.get(id);
    const branch = {
      id,
      node,
      ...(outer === undefined ? {} : { parent: outer.id }),
      ...(group === undefined ? {} : { group }),
      parts: [],
      ...nothingCounted,
    };
    branches.set(id, branch);
    (outer === undefined ? roots : branchOf(outer.id, node, outer).parts).push(branch);
    return branch;
  };
  for (const layer of analysis.layers) {
    const path = [branchOf(layer.id, layer.node, undefined)];
    for (let outer = around.get(layer.id); outer !== undefined; outer = around.get(outer.id)) {
      path.push(branchOf(outer.id, layer.node, outer));
    }
    for (const branch of path) count(branch, layer);
  }
  // What is broken has no layers, and must not be missing for that.
  for (const group of groups) branchOf(group.id, group.node, group);
  for (const node of parsed.design.nodes.keys()) branchOf(node, node, undefined);
  return roots;
}

const nothingCounted = {
  trainable: 0,
  nonTrainable: 0,
  macs: 0,
  activations: 0,
  known: 0,
  unknown: 0,
} as const;

function count(branch: Branch, { status, parameters, macs, outputShape }: Numbers): void {
  branch.trainable += parameters.trainable;
  branch.nonTrainable += parameters.nonTrainable;
  branch.macs += macs;
  branch.activations += outputShape === undefined ? 0 : BYTES * sizeOf(outputShape);
  if (status === "unknown") branch.unknown += 1;
  else branch.known += 1;
}

function rowOf(branch: Branch, level: number, drawn: AnalyzedDesign): TableRow {
  const { id, node, parent, group, activations } = branch;
  const numbers = numbersOf(branch, drawn.analysis);
  return {
    ...numbers,
    id,
    node,
    ...(parent === undefined ? {} : { parent }),
    level,
    kind: group === undefined ? "layer" : "block",
    name: parent === undefined ? id : id.slice(parent.length + 1),
    ...whatItIs(branch, drawn),
    activations,
    ...sharesOf(numbers, drawn.analysis.totals),
  };
}

function numbersOf(branch: Branch, analysis: Analysis): Numbers {
  const known = branch.parent === undefined ? analysis.nodes.get(branch.id) : undefined;
  const exact = known ?? analysis.layerById.get(branch.id);
  if (exact !== undefined) {
    const { status, parameters, macs } = exact;
    return { status, parameters, macs, ...atOutput(exact) };
  }
  return {
    status: statusOf(branch),
    parameters: {
      total: branch.trainable + branch.nonTrainable,
      trainable: branch.trainable,
      nonTrainable: branch.nonTrainable,
    },
    macs: branch.macs,
    ...atOutput(analysis.layerById.get(branch.group?.output ?? "")),
  };
}

function statusOf({ known, unknown, group }: Branch): Numbers["status"] {
  if (known === 0) return "unknown";
  return unknown > 0 || group?.output === undefined ? "partial" : "exact";
}

function atOutput(at: Numbers | undefined): Pick<Numbers, "outputShape" | "receptiveField"> {
  return {
    ...(at?.outputShape === undefined ? {} : { outputShape: at.outputShape }),
    ...(at?.receptiveField === undefined ? {} : { receptiveField: at.receptiveField }),
  };
}

function whatItIs(
  { id, group, parent }: Branch,
  { parsed, network }: AnalyzedDesign,
): Pick<TableRow, "type" | "options"> {
  const layer = network.byId.get(id);
  if (layer !== undefined) return { type: layer.type, options: layerOptionWords(layer) };
  const node = parent === undefined ? parsed.design.nodes.get(id) : undefined;
  return node === undefined
    ? { type: group?.type ?? "", options: writtenOptionWords({}, group?.repeat ?? 1) }
    : { type: node.type, options: writtenOptionWords(node.options, node.repeat) };
}

function sharesOf(
  { parameters, macs }: Numbers,
  totals: Numbers,
): Pick<TableRow, "parameterShare" | "macShare"> {
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  return {
    parameterShare: share(parameters.total, totals.parameters.total),
    macShare: share(macs, totals.macs),
  };
}

function totalRow({ totals }: Analysis, tree: readonly Branch[]): TableRow {
  let activations = 0;
  for (const branch of tree) activations += branch.activations;
  const { status, parameters, macs } = totals;
  return {
    id: "",
    node: "",
    level: 1,
    kind: "total",
    name: "total",
    type: "",
    options: "",
    status,
    parameters,
    macs,
    ...atOutput(totals),
    activations,
    ...sharesOf(totals, totals),
  };
}
