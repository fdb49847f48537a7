import type { Design, DesignNode } from "../design/design.ts";
import { canonical, countingOptions, definitionOf } from "./nodeOptions.ts";

/** Which node of one design became which of another; each takes part once. */
export interface Matches {
  readonly toAfter: ReadonlyMap<string, string>;
  readonly toBefore: ReadonlyMap<string, string>;
}

/**
 * Nodes of the same id are the same. What is left is a rename where type, options and neighbourhood agree: it is
 * looked for around what is known already, so that a chain of renames is found link by link. The order of the two
 * designs makes no difference.
 */
export function matchNodes(before: Design, after: Design): Matches {
  const toAfter = new Map<string, string>();
  const toBefore = new Map<string, string>();
  const match = (one: string, other: string): void => {
    toAfter.set(one, other);
    toBefore.set(other, one);
  };
  for (const id of before.nodes.keys()) {
    if (after.nodes.has(id)) match(id, id);
  }
  const left = new Side(before, toAfter);
  const right = new Side(after, toBefore);
  // Inputs have nothing before them that could be known.
  let candidates = pairsOf(left.inputs, right.inputs);
  let frontier: readonly (readonly [string, string])[] = [...toAfter];
  while (frontier.length > 0 || candidates.length > 0) {
    const near = frontier.flatMap(([one, other]) => around(left, one, right, other));
    const found: (readonly [string, string])[] = [];
    for (const { one, other } of ranked([...candidates, ...near], left, right, toAfter)) {
      if (!toAfter.has(one) && !toBefore.has(other)) {
        match(one, other);
        found.push([one, other]);
      }
    }
    candidates = [];
    frontier = found;
  }
  return { toAfter, toBefore };
}

interface Pair {
  readonly one: string;
  readonly other: string;
}

const pairsOf = (ones: readonly string[], others: readonly string[]): readonly Pair[] =>
  ones.flatMap((one) => others.map((other) => ({ one, other })));

/** A design by what matching asks of it. */
class Side {
  readonly design: Design;
  readonly readers = new Map<string, string[]>();
  readonly #matched: ReadonlyMap<string, string>;
  readonly #signatures = new Map<string, string>();

  constructor(design: Design, matched: ReadonlyMap<string, string>) {
    this.design = design;
    this.#matched = matched;
    for (const { id, from } of design.nodes.values()) {
      for (const source of from) {
        const known = this.readers.get(source);
        if (known === undefined) this.readers.set(source, [id]);
        else known.push(id);
      }
    }
  }

  /** Nodes that read nothing and have no partner yet. */
  get inputs(): readonly string[] {
    return this.free(
      [...this.design.nodes.values()].filter(({ from }) => from.length === 0).map(({ id }) => id),
    );
  }

  free(ids: readonly string[]): readonly string[] {
    return ids.filter((id) => this.design.nodes.has(id) && !this.#matched.has(id));
  }

  signature(id: string): string {
    const known = this.#signatures.get(id);
    if (known !== undefined) return known;
    const node = this.design.nodes.get(id);
    const signature = node === undefined ? "" : signatureOf(node, this.design);
    this.#signatures.set(id, signature);
    return signature;
  }

  sources(id: string): readonly string[] {
    return this.design.nodes.get(id)?.from ?? [];
  }

  readersOf(id: string): readonly string[] {
    return this.readers.get(id) ?? [];
  }
}

function signatureOf(node: DesignNode, design: Design): string {
  return canonical([
    node.type,
    countingOptions(node, design),
    node.repeatExpression ?? node.repeat,
    node.from.length,
    definitionOf(node.type, design),
  ]);
}

/** What stands in the same place beside two nodes that are the same. */
function around(left: Side, one: string, right: Side, other: string): readonly Pair[] {
  return [
    ...pairsOf(left.free(left.readersOf(one)), right.free(right.readersOf(other))),
    ...pairsOf(left.free(left.sources(one)), right.free(right.sources(other))),
  ];
}

/** The pairs that agree, the surest first; between equal ones the names decide, whichever side they are on. */
function ranked(
  candidates: readonly Pair[],
  left: Side,
  right: Side,
  toAfter: ReadonlyMap<string, string>,
): readonly Pair[] {
  return candidates
    .filter(({ one, other }) => left.signature(one) === right.signature(other))
    .map((pair) => ({ ...pair, shared: sharedNeighbors(pair, left, right, toAfter) }))
    .filter(({ shared }) => shared > 0)
    .toSorted((a, b) => b.shared - a.shared || compareNames(nameOf(a), nameOf(b)));
}

function sharedNeighbors(
  { one, other }: Pair,
  left: Side,
  right: Side,
  toAfter: ReadonlyMap<string, string>,
): number {
  const sources = left.sources(one);
  const others = right.sources(other);
  const readers = new Set(right.readersOf(other));
  const sameSources = sources.filter((id, index) => toAfter.get(id) === others[index]).length;
  const sameReaders = left.readersOf(one).filter((id) => readers.has(toAfter.get(id) ?? "")).length;
  return sameSources + sameReaders + (sources.length === 0 && others.length === 0 ? 1 : 0);
}

/** The same for a pair and for the pair turned round. */
const nameOf = ({ one, other }: Pair): string => [one, other].toSorted().join("\n");

const compareNames = (one: string, other: string): number => {
  if (one === other) return 0;
  return one < other ? -1 : 1;
};
