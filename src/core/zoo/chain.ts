import type { ZooNode } from "./zooNetwork.ts";

/** Wires nodes in a row: each reads the one before it, but one that names its inputs keeps them. */
export function chain(nodes: Readonly<Record<string, ZooNode>>): Readonly<Record<string, ZooNode>> {
  const wired: Record<string, ZooNode> = {};
  let last: string | undefined;
  for (const [id, { type, from, ...options }] of Object.entries(nodes)) {
    const source = from ?? last;
    wired[id] = { type, ...(source === undefined ? {} : { from: source }), ...options };
    last = id;
  }
  return wired;
}
