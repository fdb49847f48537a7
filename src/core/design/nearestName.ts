/** Longest name that is compared; longer ones cannot be a slip of the keyboard. */
const LONGEST = 64;

/** Number of letters to insert, remove, replace or swap to turn one word into the other (Damerau's optimal string alignment). */
function distance(first: string, second: string): number {
  let before: number[] = [];
  let above = Array.from({ length: second.length + 1 }, (_, index) => index);
  for (let row = 1; row <= first.length; row++) {
    const current = [row];
    for (let column = 1; column <= second.length; column++) {
      const same = first[row - 1] === second[column - 1];
      const swapped =
        first[row - 1] === second[column - 2] && first[row - 2] === second[column - 1];
      current.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (before[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    before = above;
    above = current;
  }
  return above[second.length] ?? Infinity;
}

/** The name that a person most likely meant, or `undefined` where none is near; case, `_` and `-` count for nothing. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const plain = (word: string) => word.toLowerCase().replaceAll(/[\s_-]/g, "");
  const wanted = plain(name);
  if (wanted === "" || wanted.length > LONGEST) return undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const other = plain(candidate);
    const steps = distance(wanted, other);
    // Any two letters are one step apart: a name must keep some letter of the other to be meant by it.
    if (steps < least && steps < Math.max(wanted.length, other.length)) {
      least = steps;
      best = candidate;
    }
  }
  return best;
}
