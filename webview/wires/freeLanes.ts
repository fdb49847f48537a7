/** A stretch across the network that is taken. */
export type Taken = readonly [low: number, high: number];

function merged(taken: readonly Taken[]): readonly Taken[] {
  const found: [number, number][] = [];
  for (const [low, high] of taken.toSorted(([a], [b]) => a - b)) {
    const last = found.at(-1);
    if (last === undefined || low >= last[1]) {
      found.push([low, high]);
    } else {
      last[1] = Math.max(last[1], high);
    }
  }
  return found;
}

/** Where a wire from `start` to `end` can run straight on, the shortest way first. */
export function freeLanes(taken: readonly Taken[], start: number, end: number): readonly number[] {
  const all = merged(taken);
  const isFree = (across: number): boolean =>
    all.every(([low, high]) => across <= low || across >= high);
  const way = (across: number): number => Math.abs(across - start) + Math.abs(across - end);
  return [end, start, ...all.flat()].filter(isFree).toSorted((a, b) => way(a) - way(b));
}
