import type { Analysis, NodeAnalysis } from "../analysis/analysis.ts";
import type { AnalyzedDesign } from "../analysis/analyze.ts";
import type { Design } from "../design/design.ts";
import type { JsonValue } from "../layers/option.ts";
import type { BeforeAfter, Comparison, NodeDifference, OptionChange } from "./comparison.ts";
import { matchNodes } from "./matchNodes.ts";
import { nodeChanges } from "./nodeChanges.ts";
import { canonical } from "./nodeOptions.ts";

/** Everything in which the second design differs from the first; nothing for a design and itself. */
export function compare(before: AnalyzedDesign, after: AnalyzedDesign): Comparison {
  const { toAfter, toBefore } = matchNodes(before.parsed.design, after.parsed.design);
  const differences: NodeDifference[] = [];
  const add = (one: string | undefined, other: string | undefined): void => {
    const difference = differenceOf(before, one, after, other, toAfter);
    if (difference !== undefined) differences.push(difference);
  };
  const removed = removedBehind(before.parsed.design, toAfter);
  for (const id of removed.get(undefined) ?? []) add(id, undefined);
  for (const id of after.parsed.design.nodes.keys()) {
    const partner = toBefore.get(id);
    add(partner, id);
    for (const gone of (partner === undefined ? undefined : removed.get(partner)) ?? []) {
      add(gone, undefined);
    }
  }
  const total = (of: (analysis: Analysis) => number) => ({
    before: of(before.analysis),
    after: of(after.analysis),
  });
  return {
    nodes: differences,
    matches: toAfter,
    settings: settingChanges(before.parsed.design, after.parsed.design),
    parameters: total(({ totals }) => totals.parameters.total),
    macs: total(({ totals }) => totals.macs),
  };
}

/** Removed nodes by the last node before them that is still there. */
function removedBehind(
  { nodes }: Design,
  toAfter: ReadonlyMap<string, string>,
): ReadonlyMap<string | undefined, readonly string[]> {
  const removed = new Map<string | undefined, string[]>();
  let kept: string | undefined;
  for (const id of nodes.keys()) {
    if (toAfter.has(id)) {
      kept = id;
    } else {
      removed.set(kept, [...(removed.get(kept) ?? []), id]);
    }
  }
  return removed;
}

function differenceOf(
  before: AnalyzedDesign,
  one: string | undefined,
  after: AnalyzedDesign,
  other: string | undefined,
  toAfter: ReadonlyMap<string, string>,
): NodeDifference | undefined {
  const [left, right] = [nodeIn(before, one), nodeIn(after, other)];
  const both = <T>(of: (numbers: NodeAnalysis | undefined) => T): BeforeAfter<T> => ({
    before: of(left?.numbers),
    after: of(right?.numbers),
  });
  const rest = {
    id: { before: one, after: other },
    type: { before: left?.node.type, after: right?.node.type },
    outputShape: both((numbers) => numbers?.outputShape),
    parameters: both((numbers) => numbers?.parameters.total ?? 0),
    macs: both((numbers) => numbers?.macs ?? 0),
    receptiveField: both((numbers) => numbers?.receptiveField?.size),
  };
  if (left === undefined) return { kind: "added", changes: [], ...rest };
  if (right === undefined) return { kind: "removed", changes: [], ...rest };
  const changes = nodeChanges(left, right, toAfter);
  if (changes.length > 0) return { kind: "changed", changes, ...rest };
  const isSame = [
    rest.outputShape,
    rest.parameters,
    rest.macs,
    both((numbers) => numbers?.status),
    both((numbers) =>
      numbers?.receptiveField === undefined ? undefined : { ...numbers.receptiveField },
    ),
  ].every(({ before: was, after: is }) => canonical(was) === canonical(is));
  return isSame ? undefined : { kind: "affected", changes, ...rest };
}

function nodeIn({ parsed: { design }, analysis }: AnalyzedDesign, id: string | undefined) {
  const node = id === undefined ? undefined : design.nodes.get(id);
  return node && { node, design, numbers: analysis.nodes.get(node.id) };
}

/** Changes of the name, of the training and of the budget. */
function settingChanges(before: Design, after: Design): readonly OptionChange[] {
  const one = settingsOf(before);
  const other = settingsOf(after);
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((option) => {
    const [was, is] = [one.get(option), other.get(option)];
    return canonical(was) === canonical(is) ? [] : [{ option, before: was, after: is }];
  });
}

function settingsOf({ name, training, budget }: Design): ReadonlyMap<string, JsonValue> {
  const settings = new Map<string, JsonValue>();
  const add = (path: string, value: unknown): void => {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) add(`${path}.${key}`, inner);
    } else if (value !== undefined) {
      settings.set(path, value as JsonValue);
    }
  };
  add("name", name);
  add("training", training);
  add("budget", budget);
  return settings;
}
