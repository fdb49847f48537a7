import { cardSize, moveClear, type Rectangle } from "./geometry.ts";
import { placeSegment, spacings, type Middle, type Spacing } from "./placeSegment.ts";
import {
  components,
  neighborsOf,
  orderOf,
  segments,
  trunkOf,
  type Neighbors,
  type NumberedGraph,
  type Segment,
} from "./series.ts";

/** A wire by the names of the cards at its ends. */
export interface Link {
  readonly source: string;
  readonly target: string;
}

type Wires = readonly { readonly index: number; readonly ends: readonly [number, number] }[];

interface Numbered {
  readonly neighbors: Neighbors;
  /** Wires by the node they come from, with their place in the file. */
  readonly wiresFrom: ReadonlyMap<number, Wires>;
  readonly spacing: Spacing;
}

function numbered(names: readonly string[], links: readonly Link[]): NumberedGraph {
  const numbers = new Map(names.map((name, index) => [name, index]));
  return {
    count: names.length,
    links: links.flatMap(({ source, target }) => {
      const [from, to] = [numbers.get(source), numbers.get(target)];
      return from === undefined || to === undefined || from === to ? [] : [[from, to] as const];
    }),
  };
}

function wiresBySource({ links }: NumberedGraph): ReadonlyMap<number, Wires> {
  const wires = new Map<number, { index: number; ends: readonly [number, number] }[]>();
  for (const [index, ends] of links.entries()) {
    const known = wires.get(ends[0]) ?? [];
    known.push({ index, ends });
    wires.set(ends[0], known);
  }
  return wires;
}

/** One segment in places of its own, its ends in the middle line. */
function placeAlone(
  { start, end, inner }: Segment,
  { wiresFrom, spacing }: Numbered,
): ReadonlyMap<number, Middle> {
  const nodes = [start, ...inner, end].filter((node) => node !== undefined);
  const numbers = new Map(nodes.map((node, index) => [node, index]));
  // In the order of the file, which decides the order of branches.
  const links = nodes
    .flatMap((node) => wiresFrom.get(node) ?? [])
    .toSorted((a, b) => a.index - b.index)
    .flatMap(({ ends }) => {
      const [from, to] = [numbers.get(ends[0]), numbers.get(ends[1])];
      return from === undefined || to === undefined ? [] : [[from, to] as const];
    });
  const middles = placeSegment({ count: nodes.length, links }, spacing);
  const ends = [start, end]
    .map((node) => (node === undefined ? undefined : middles[numbers.get(node) ?? 0]?.across))
    .filter((across) => across !== undefined);
  const line = ends.reduce((sum, across) => sum + across, 0) / Math.max(1, ends.length);
  return new Map(
    nodes.map((node, index) => {
      const { along, across } = middles[index] ?? { along: 0, across: 0 };
      const isEnd = node === start || node === end;
      return [node, { along, across: isEnd ? 0 : across - line }];
    }),
  );
}

/** The trunk: its segments one behind the other along one line. */
function placeTrunk(trunk: ReadonlySet<number>, graph: Numbered): Map<number, Middle> {
  const placed = new Map<number, Middle>();
  for (const segment of segments(trunk, graph.neighbors)) {
    const alone = placeAlone(segment, graph);
    const { start } = segment;
    const begin = start === undefined ? undefined : placed.get(start);
    const first = start === undefined ? undefined : alone.get(start);
    const offset = (begin?.along ?? 0) - (first?.along ?? 0);
    for (const [node, { along, across }] of alone) {
      if (!placed.has(node)) {
        placed.set(node, { along: along + offset, across });
      }
    }
  }
  return placed;
}

/** Puts a node where it is wanted, or beside what stands there. */
function putBeside(
  node: number,
  wanted: Middle,
  placed: Map<number, Middle>,
  { length, breadth, gapAcross }: Spacing,
): void {
  const rectangle = ({ along, across }: Middle): Rectangle => ({
    x: along,
    y: across,
    width: length,
    height: breadth,
  });
  const others = [...placed.values()].map(rectangle);
  const { x, y } = moveClear(rectangle(wanted), others, "y", gapAcross);
  placed.set(node, { along: x, across: y });
}

/** What does not lie on the trunk: heads behind the node that feeds them, further inputs before the node they feed. */
function placeRest(part: readonly number[], placed: Map<number, Middle>, graph: Numbered): void {
  const { neighbors, spacing } = graph;
  const step = spacing.length + spacing.gapAlong;
  const known = (nodes: readonly number[] | undefined): readonly Middle[] =>
    (nodes ?? []).flatMap((node) => placed.get(node) ?? []);
  const rest = orderOf(part, neighbors).filter((node) => !placed.has(node));
  for (const node of rest) {
    const [first, ...more] = known(neighbors.sources[node]);
    if (first !== undefined) {
      const along = Math.max(first.along, ...more.map((each) => each.along)) + step;
      putBeside(node, { along, across: first.across }, placed, spacing);
    }
  }
  for (const node of rest.toReversed()) {
    const [first, ...more] = known(neighbors.targets[node]);
    if (!placed.has(node)) {
      const along =
        first === undefined ? 0 : Math.min(first.along, ...more.map((each) => each.along)) - step;
      putBeside(node, { along, across: first?.across ?? 0 }, placed, spacing);
    }
  }
}

function span(values: readonly number[]): { readonly least: number; readonly most: number } {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { least, most };
}

/** Places cards in layers along the flow, parts that no wire connects beside each other; the upper left corner at 0, 0. */
export function placeCards(
  names: readonly string[],
  links: readonly Link[],
  flow: "right" | "down",
): Map<string, Rectangle> {
  const spacing = spacings[flow];
  const plain = numbered(names, links);
  const neighbors = neighborsOf(plain);
  const graph: Numbered = { neighbors, wiresFrom: wiresBySource(plain), spacing };
  const places = new Map<string, Rectangle>();
  let free = 0;
  for (const part of components(neighbors)) {
    const placed = placeTrunk(trunkOf(part, neighbors), graph);
    placeRest(part, placed, graph);
    const along = span([...placed.values()].map((middle) => middle.along));
    const across = span([...placed.values()].map((middle) => middle.across));
    for (const [node, middle] of placed) {
      const main = Math.round(middle.along - along.least);
      const cross = Math.round(middle.across - across.least + free);
      const corner = flow === "right" ? { x: main, y: cross } : { x: cross, y: main };
      places.set(names[node] ?? "", { ...corner, ...cardSize });
    }
    free += across.most - across.least + spacing.breadth + spacing.gapAcross;
  }
  return places;
}
