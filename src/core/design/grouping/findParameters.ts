import type { JsonValue } from "../../layers/option.ts";
import type { Design, DesignNode } from "../design.ts";
import { meaning, optionOf, repeatKey, valueAt } from "./optionValues.ts";
import type { BlockPlan, Occurrence } from "./planBlock.ts";

/** A parameter of a new block: what differs from place to place. */
export interface BlockParameter {
  readonly name: string;
  /** Its value in each place; the first one is the default. */
  readonly values: readonly JsonValue[];
}

/** The parameters, and what stands in place of each option that differs: `filters` or `4*filters`. */
export interface FoundParameters {
  readonly parameters: readonly BlockParameter[];
  /** By the node of the selection and its option. */
  readonly expressions: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

interface Difference {
  readonly node: DesignNode;
  readonly key: string;
  readonly values: readonly JsonValue[];
}

/** Finds from what differs between the places which parameters their block needs. */
export function findParameters(design: Design, plan: BlockPlan): FoundParameters {
  const { nodes, occurrences } = plan;
  const differences = nodes.flatMap((node) => differencesAt(design, node, occurrences));
  const groups: { readonly first: Difference; readonly values: readonly JsonValue[] }[] = [];
  const uses: {
    readonly difference: Difference;
    readonly group: number;
    readonly factor: number;
  }[] = [];
  for (const difference of differences) {
    const group = groups.findIndex(({ values }) => factorOf(difference, values) !== undefined);
    const factor = group === -1 ? 1 : (factorOf(difference, groups[group]?.values ?? []) ?? 1);
    if (group === -1) groups.push({ first: difference, values: difference.values });
    uses.push({ difference, group: group === -1 ? groups.length - 1 : group, factor });
  }
  const names = namesFor(
    groups.map(({ first }) => first.key),
    wordsIn(nodes),
  );
  const expressions = new Map<string, Map<string, string>>();
  for (const { difference, group, factor } of uses) {
    const name = names[group] ?? "";
    const { node, key } = difference;
    const known = expressions.get(node.id) ?? new Map<string, string>();
    expressions.set(node.id, known.set(key, factor === 1 ? name : `${factor}*${name}`));
  }
  return {
    parameters: groups.map(({ values }, index) => ({ name: names[index] ?? "", values })),
    expressions,
  };
}

function differencesAt(
  design: Design,
  node: DesignNode,
  occurrences: readonly Occurrence[],
): readonly Difference[] {
  const places = occurrences.flatMap(
    ({ nodes }) => design.nodes.get(nodes.get(node.id) ?? "") ?? [],
  );
  const keys = new Set([...places.flatMap(({ options }) => Object.keys(options)), repeatKey]);
  return [...keys].flatMap((key) => {
    const values = places.flatMap((place) => valueAt(design, place, key) ?? []);
    const isSame = new Set(values.map((value) => meaning(node.type, key, value))).size < 2;
    const whole = places.map((place) => valueAt(design, place, key) ?? null);
    return isSame ? [] : [{ node, key, values: whole }];
  });
}

/** By what whole number the values of a parameter have to be multiplied; `undefined` where none does it. */
function factorOf(
  { node, key, values }: Difference,
  parameter: readonly JsonValue[],
): number | undefined {
  if (JSON.stringify(values) === JSON.stringify(parameter)) return 1;
  const kind = key === repeatKey ? "integer" : optionOf(node.type, key)?.kind;
  if (kind !== "integer" && kind !== "pair") return undefined;
  const [first, ofFirst] = [values[0], parameter[0]];
  if (typeof first !== "number" || typeof ofFirst !== "number" || ofFirst <= 0) return undefined;
  const factor = first / ofFirst;
  const isProduct = values.every((value, index) => {
    const of = parameter[index];
    return typeof of === "number" && value === factor * of;
  });
  return Number.isInteger(factor) && factor > 1 && isProduct ? factor : undefined;
}

/** Texts in the options, which would be taken for a parameter of the same name. */
function wordsIn(nodes: readonly DesignNode[]): ReadonlySet<string> {
  return new Set(
    nodes
      .flatMap(({ options }) => Object.values(options))
      .filter((value) => typeof value === "string"),
  );
}

/** Every block has options of these names, so that a parameter needs another. */
const stems: Readonly<Record<string, string>> = { [repeatKey]: "count", trainable: "trained" };

/** `filters`, or `filters1` and `filters2` where the option differs in more than one way. */
function namesFor(keys: readonly string[], words: ReadonlySet<string>): readonly string[] {
  const taken = new Set<string>(words);
  return keys.map((key) => {
    const plain = /^[A-Za-z_]\w*$/.test(key) ? key : "value";
    const stem = stems[plain] ?? plain;
    const isAlone = keys.filter((each) => each === key).length === 1;
    let number = 1;
    let name = isAlone ? stem : `${stem}${number}`;
    while (taken.has(name)) name = `${stem}${++number}`;
    taken.add(name);
    return name;
  });
}
