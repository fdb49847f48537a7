/** Ends of an axis. */
export interface ValueRange {
  readonly min: number;
  readonly max: number;
}

/** Share of the first values, in a run mostly the steep start, that a chart may leave out to show the rest. */
const STEEP_START = 0.05;

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

/** For shares from 0 to 1: the lowest values of a long run are cut off, so that the end can be read. */
export function shareRange(values: readonly number[]): ValueRange {
  const sorted = values.toSorted((a, b) => a - b);
  const least = quantile(sorted, sorted.length < 20 ? 0 : STEEP_START);
  const most = sorted.at(-1) ?? 1;
  const room = Math.max((most - least) * 0.06, 0.002);
  return { min: Math.max(0, least - room), max: Math.min(1, most + room) };
}

/** For values above zero on a logarithmic axis. */
export function logarithmicRange(values: readonly number[]): ValueRange {
  const positive = values.filter((value) => value > 0);
  const least = Math.min(...positive);
  const most = Math.max(...positive);
  return positive.length === 0
    ? { min: 0.1, max: 1 }
    : { min: least / 1.15, max: Math.max(most, least * 1.5) * 1.15 };
}

/** Lines of a logarithmic axis: 1, 2 and 5 in every power of ten, or the powers alone where that is too many. */
export function logarithmicLines({ min, max }: ValueRange): readonly number[] {
  const [first, last] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))];
  const factors = last - first > 4 ? [1] : [1, 2, 5];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
    .flatMap((power) => factors.map((factor) => factor * 10 ** power))
    .filter((line) => line >= min && line <= max);
}
