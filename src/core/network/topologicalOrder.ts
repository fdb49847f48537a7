/** A node as far as its wiring goes. */
export interface Wired {
  readonly id: string;
  readonly from: readonly string[];
}

/** Nodes so that each stands behind those it reads, and the rings of nodes that feed each other. */
export interface TopologicalOrder<T extends Wired> {
  readonly order: readonly T[];
  /** Each ring in the order of its wires. */
  readonly cycles: readonly (readonly string[])[];
}

interface Visit<T> {
  readonly node: T;
  next: number;
}

/** Sorts by wires, keeping the order of the file where wires leave it open; wires from unknown nodes are ignored. */
export function topologicalOrder<T extends Wired>(
  nodes: ReadonlyMap<string, T>,
): TopologicalOrder<T> {
  const order: T[] = [];
  const cycles: (readonly string[])[] = [];
  const done = new Set<string>();
  const inCycle = new Set<string>();
  for (const root of nodes.values()) {
    if (done.has(root.id)) continue;
    // An explicit stack: a file may chain more nodes than the call stack is deep.
    const path: Visit<T>[] = [{ node: root, next: 0 }];
    const onPath = new Map([[root.id, 0]]);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const source = visit.node.from[visit.next++];
      if (source === undefined) {
        path.pop();
        onPath.delete(visit.node.id);
        done.add(visit.node.id);
        order.push(visit.node);
        continue;
      }
      const start = onPath.get(source);
      const node = nodes.get(source);
      if (start !== undefined) {
        // The path goes against the wires, and the ring begins with the node that was met first.
        const [first = source, ...others] = path.slice(start).map((step) => step.node.id);
        const ring = [first, ...others.toReversed()];
        // One report a ring: rings that share a node with a known one come and go with it.
        if (!ring.some((id) => inCycle.has(id))) cycles.push(ring);
        for (const id of ring) inCycle.add(id);
      } else if (node !== undefined && !done.has(source)) {
        onPath.set(source, path.length);
        path.push({ node, next: 0 });
      }
    }
  }
  return { order, cycles };
}
