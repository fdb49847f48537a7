/** How often values lie in each of some stretches, as TensorFlow's HistogramProto. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** Upper ends of the stretches, ascending. */
  readonly limits: readonly number[];
  readonly counts: readonly number[];
}

const stretches = 40;

/** The histogram of finite values, over stretches of one width; `undefined` without values. */
export function histogramOf(values: Float32Array): Histogram | undefined {
  if (values.length === 0) return undefined;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let sumOfSquares = 0;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    sumOfSquares += value * value;
  }
  const width = (max - min) / stretches;
  const counts = Array.from({ length: width > 0 ? stretches : 1 }, () => 0);
  for (const value of values) {
    const stretch = width > 0 ? Math.min(stretches - 1, Math.floor((value - min) / width)) : 0;
    counts[stretch] = (counts[stretch] ?? 0) + 1;
  }
  const limits = counts.map((_, index) =>
    index === counts.length - 1 ? max : min + (index + 1) * width,
  );
  return { min, max, count: values.length, sum, sumOfSquares, limits, counts };
}
