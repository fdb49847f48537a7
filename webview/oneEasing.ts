// Stands in for d3-ease in the bundle: d3-transition takes one of its easings, and the others cannot be left out,
// because they are made by calls.

/** Slow at both ends, after d3-ease. */
export function easeCubicInOut(time: number): number {
  const twice = 2 * time;
  return (twice <= 1 ? twice ** 3 : (twice - 2) ** 3 + 2) / 2;
}
