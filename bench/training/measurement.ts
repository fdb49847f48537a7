/** What one run of one side measured, printed as its only line of JSON. */
export interface Measurement {
  /** Training images over the seconds of the second epoch; the first warms up. */
  readonly imagesPerSecond: number;
  readonly testAccuracy: number;
  /** Largest resident memory of the process in MB. */
  readonly peakMegabytes: number;
  readonly engine: string;
}

export const epochs = 2;
export const batchSize = 128;
export const trainingImages = 60_000;

/** Prints a measurement for the script that started this process. */
export function report(measurement: Omit<Measurement, "peakMegabytes">): void {
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1000);
  process.stdout.write(`${JSON.stringify({ ...measurement, peakMegabytes })}\n`);
}
