/** Distances between the lines of an axis of epochs; quarters only where the axis shows no more than one. */
const distances = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000];

/** Epochs that an axis shows at the least, where as many are planned. */
const fewest = 5;

/** Where the axis of a run ends, in epochs: a round number beyond what is reached, and the plan where that is near. */
export function axisEnd(reached: number, planned: number): number {
  const wanted = Math.max(reached, fewest);
  const round = distances.find((epochs) => epochs >= wanted) ?? wanted;
  return Math.max(reached, Math.min(planned, round));
}

/** Epochs that are written on an axis, `most` at the most. */
export function epochLines(end: number, most: number): readonly number[] {
  const every =
    end <= 1 ? 0.25 : (distances.find((epochs) => end / epochs < most) ?? Math.ceil(end / most));
  return Array.from({ length: Math.floor(end / every) + 1 }, (_, index) => index * every);
}
