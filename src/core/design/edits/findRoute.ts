import type { Design } from "../design.ts";

/** The nodes along the wires from one node to another, both included; `undefined` where no wires lead there. */
export function findRoute(design: Design, from: string, to: string): readonly string[] | undefined {
  // Walks against the wires, because every node knows only what it reads.
  const next = new Map<string, string | undefined>([[to, undefined]]);
  for (const id of next.keys()) {
    if (id === from) return follow(next, from);
    for (const source of design.nodes.get(id)?.from ?? []) {
      if (!next.has(source)) next.set(source, id);
    }
  }
  return undefined;
}

function follow(next: ReadonlyMap<string, string | undefined>, from: string): readonly string[] {
  const route: string[] = [];
  for (let id: string | undefined = from; id !== undefined; id = next.get(id)) route.push(id);
  return route;
}
