/** What one side measured, printed as its only line of JSON; see `peers/common.py`, which measures alike. */
export interface Measurement {
  /** Images per second: the median of steps on one batch in memory. */
  readonly step: number;
  /** Images per second of a whole epoch, from images of 8 bits in memory, shuffled. */
  readonly epoch: number;
  /** Images for each second of processor time in the same steps: what is left of a figure on a busy machine. */
  readonly stepOfProcessor: number;
  /** Largest resident memory of the process in MB. */
  readonly peakMegabytes: number;
  readonly engine: string;
}

export const batchSize = 128;
const milliseconds = 1000 * Number(process.env["BENCH_SECONDS"]);
const fewestSteps = 3;
const mostImages = 60_000;

/** Median images per second of a step, which ends when the loss is known; and images for a second of processor time. */
export async function stepSpeed(
  step: () => Promise<unknown>,
): Promise<Pick<Measurement, "step" | "stepOfProcessor">> {
  const warmUntil = performance.now() + milliseconds;
  await step();
  await step();
  while (performance.now() < warmUntil) {
    await step();
  }
  const times: number[] = [];
  const used = process.cpuUsage();
  const begin = performance.now();
  while (performance.now() < begin + milliseconds || times.length < fewestSteps) {
    const start = performance.now();
    await step();
    times.push(performance.now() - start);
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
  const { user, system } = process.cpuUsage(used);
  return {
    step: (1000 * batchSize) / median,
    stepOfProcessor: (1e6 * batchSize * times.length) / (user + system),
  };
}

/** Images of an epoch that takes about as long as the steps did. */
export function epochImages(speed: number): number {
  const images = Math.min((speed * milliseconds) / 1000, mostImages);
  return batchSize * Math.max(fewestSteps, Math.round(images / batchSize));
}

/** Prints a measurement for the script that started this process. */
export function report(measurement: Omit<Measurement, "peakMegabytes">): void {
  const peakMegabytes = process.resourceUsage().maxRSS / 1000;
  process.stdout.write(`${JSON.stringify({ ...measurement, peakMegabytes })}\n`);
}
