/** Nodes by number and the wires between them, in the order of the file. */
export interface NumberedGraph {
  readonly count: number;
  readonly links: readonly (readonly [source: number, target: number])[];
}

/** The wires of a graph by their ends. */
export interface Neighbors {
  readonly targets: readonly (readonly number[])[];
  readonly sources: readonly (readonly number[])[];
}

/** A stretch of a network between two nodes that everything passes; both belong to it where they are given. */
export interface Segment {
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly inner: readonly number[];
}

/** Wires from and to every node. */
export function neighborsOf({ count, links }: NumberedGraph): Neighbors {
  const targets: number[][] = Array.from({ length: count }, () => []);
  const sources: number[][] = Array.from({ length: count }, () => []);
  for (const [source, target] of links) {
    targets[source]?.push(target);
    sources[target]?.push(source);
  }
  return { targets, sources };
}

function reached(
  from: readonly number[],
  next: (node: number) => readonly number[],
  seen = new Set<number>(),
): Set<number> {
  const waiting = from.filter((node) => !seen.has(node));
  for (const node of waiting) {
    seen.add(node);
  }
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const other of next(node)) {
      if (!seen.has(other)) {
        seen.add(other);
        waiting.push(other);
      }
    }
  }
  return seen;
}

/** Parts that no wire connects, each in the order of the numbers. */
export function components({ targets, sources }: Neighbors): readonly (readonly number[])[] {
  const both = (node: number): readonly number[] => [
    ...(targets[node] ?? []),
    ...(sources[node] ?? []),
  ];
  const seen = new Set<number>();
  const found: (readonly number[])[] = [];
  for (const first of targets.keys()) {
    if (!seen.has(first)) {
      const part = [...reached([first], both)].toSorted((a, b) => a - b);
      found.push(part);
      for (const node of part) {
        seen.add(node);
      }
    }
  }
  return found;
}

/** The nodes, each after what feeds it and otherwise in the order of their numbers; those of a circle come last. */
export function orderOf(
  part: readonly number[],
  { targets, sources }: Neighbors,
): readonly number[] {
  const inside = new Set(part);
  const open = new Map(
    part.map((node) => [node, (sources[node] ?? []).filter((each) => inside.has(each)).length]),
  );
  const order = part.filter((node) => open.get(node) === 0);
  // The list grows while it is walked: a node joins it with its last feeder.
  for (const node of order) {
    for (const target of targets[node] ?? []) {
      const left = (open.get(target) ?? 0) - 1;
      open.set(target, left);
      if (left === 0) {
        order.push(target);
      }
    }
  }
  const placed = new Set(order);
  return [...order, ...part.filter((node) => !placed.has(node))];
}

function depthsOf(order: readonly number[], sources: Neighbors["sources"]): Map<number, number> {
  const depth = new Map<number, number>();
  for (const node of order) {
    const before = (sources[node] ?? []).map((each) => depth.get(each) ?? -1);
    depth.set(node, Math.max(-1, ...before) + 1);
  }
  return depth;
}

/** The trunk of a component: everything on a way from the first input to the end that is farthest from it. */
export function trunkOf(
  part: readonly number[],
  { targets, sources }: Neighbors,
): ReadonlySet<number> {
  const first = part.find((node) => sources[node]?.length === 0);
  if (first === undefined) {
    return new Set(part);
  }
  const forwards = reached([first], (node) => targets[node] ?? []);
  const order = orderOf(
    [...forwards].toSorted((a, b) => a - b),
    { targets, sources },
  );
  const depth = depthsOf(
    order,
    sources.map((each) => each.filter((node) => forwards.has(node))),
  );
  const ends = order.filter((node) => targets[node]?.length === 0);
  const last = ends.toSorted((a, b) => (depth.get(b) ?? 0) - (depth.get(a) ?? 0))[0];
  if (last === undefined) {
    return new Set(part);
  }
  const backwards = reached([last], (node) => sources[node] ?? []);
  return new Set([...forwards].filter((node) => backwards.has(node)));
}

/** Positions in the order that no wire passes by. */
function cutsOf(order: readonly number[], { targets }: Neighbors): readonly number[] {
  const place = new Map(order.map((node, index) => [node, index]));
  // How many wires pass over each position, as differences from the one before.
  const change = Array.from({ length: order.length + 1 }, () => 0);
  for (const [from, node] of order.entries()) {
    for (const target of targets[node] ?? []) {
      const to = place.get(target);
      if (to !== undefined && Math.abs(to - from) > 1) {
        const [first, last] = [Math.min(from, to) + 1, Math.max(from, to)];
        change[first] = (change[first] ?? 0) + 1;
        change[last] = (change[last] ?? 0) - 1;
      }
    }
  }
  let passing = 0;
  return order.flatMap((_, index) => {
    passing += change[index] ?? 0;
    return passing === 0 ? [index] : [];
  });
}

function hasCircle(order: readonly number[], { targets }: Neighbors): boolean {
  const place = new Map(order.map((node, index) => [node, index]));
  return order.some((node, index) =>
    (targets[node] ?? []).some((target) => (place.get(target) ?? Infinity) <= index),
  );
}

/**
 * Splits a trunk at the nodes that everything passes.
 * A network is mostly a row of such parts, so each can be laid out alone, at once and without moving the others.
 */
export function segments(trunk: ReadonlySet<number>, neighbors: Neighbors): readonly Segment[] {
  const order = orderOf(
    [...trunk].toSorted((a, b) => a - b),
    neighbors,
  );
  if (hasCircle(order, neighbors)) {
    return [{ start: undefined, end: undefined, inner: order }];
  }
  const found: Segment[] = [];
  let before = -1;
  for (const cut of [...cutsOf(order, neighbors), order.length]) {
    const inner = order.slice(before + 1, cut);
    const [start, end] = [order[before], order[cut]];
    if (inner.length > 0 || end !== undefined) {
      found.push({ start, end, inner });
    }
    before = cut;
  }
  return found;
}
