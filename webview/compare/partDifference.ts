import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import type { Numbers } from "../../src/core/analysis/analysis.ts";
import type { NodeDifference, OptionChange } from "../../src/core/compare/comparison.ts";
import { canonical } from "../../src/core/compare/nodeOptions.ts";
import type { JsonValue } from "../../src/core/layers/option.ts";
import { blockTree } from "../canvas/blockTree.ts";
import { groupNumbers } from "../canvas/sceneCards.ts";

interface Part {
  readonly type: string;
  readonly options: Readonly<Record<string, JsonValue>>;
  readonly numbers: Numbers | undefined;
}

function partAt(design: AnalyzedDesign, id: string): Part | undefined {
  const { network, analysis } = design;
  const layer = network.byId.get(id);
  if (layer !== undefined) {
    // Options after reading are values of a file too.
    const options = layer.options as unknown as Part["options"];
    return { type: layer.type, options, numbers: analysis.layerById.get(id) };
  }
  const group = blockTree(network).groups.get(id);
  return group && { type: group.type, options: {}, numbers: groupNumbers(group, design) };
}

function changesOf(before: Part, after: Part): readonly OptionChange[] {
  const one = { type: before.type, ...before.options };
  const other: typeof one = { type: after.type, ...after.options };
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((option) => {
    const [was, is] = [one[option as "type"], other[option as "type"]];
    return canonical(was) === canonical(is) ? [] : [{ option, before: was, after: is }];
  });
}

/** What became of a part of a block, by its paths in both designs; `undefined` where both sides are the same. */
export function partDifference(
  before: AnalyzedDesign,
  one: string,
  after: AnalyzedDesign,
  other: string,
): NodeDifference | undefined {
  const [left, right] = [partAt(before, one), partAt(after, other)];
  const both = <T>(of: (part: Part | undefined) => T) => ({ before: of(left), after: of(right) });
  const rest = {
    id: { before: left && one, after: right && other },
    type: both((part) => part?.type),
    outputShape: both((part) => part?.numbers?.outputShape),
    parameters: both((part) => part?.numbers?.parameters.total ?? 0),
    macs: both((part) => part?.numbers?.macs ?? 0),
    receptiveField: both((part) => part?.numbers?.receptiveField?.size),
  };
  if (left === undefined || right === undefined) {
    return { kind: left === undefined ? "added" : "removed", changes: [], ...rest };
  }
  const changes = changesOf(left, right);
  if (changes.length > 0) return { kind: "changed", changes, ...rest };
  const { outputShape, parameters, macs, receptiveField } = rest;
  const isSame = [outputShape, parameters, macs, receptiveField].every(
    (value) => canonical(value.before) === canonical(value.after),
  );
  return isSame ? undefined : { kind: "affected", changes, ...rest };
}
