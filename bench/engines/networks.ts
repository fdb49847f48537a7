import { parseDesign } from "../../src/core/design/parse.ts";
import { expand } from "../../src/core/network/expand.ts";
import type { Network } from "../../src/core/network/network.ts";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";

/** Networks of the zoo that are measured. */
export const networks = { lenet5: "LeNet-5", resnet20Projection: "ResNet-20" } as const;

export type NetworkId = keyof typeof networks;

export const batchSize = 128;

/** Batches that are measured, after as many that warm up. */
export const batches: Readonly<Record<NetworkId, number>> = {
  lenet5: 60,
  resnet20Projection: 6,
};

/** What was measured, printed as the only line of JSON. */
export interface EngineMeasurement {
  readonly imagesPerSecond: number;
  readonly peakMegabytes: number;
  readonly engine: string;
}

/** A network as it stands in the zoo. */
export function networkOf(id: NetworkId): Network {
  const found = zoo.find((one) => one.id === id);
  if (found === undefined) {
    throw new Error(`the zoo has no ${id}`);
  }
  return expand(parseDesign(zooText(found)));
}

/** Prints a measurement for the script that started this process. */
export function report(measurement: Omit<EngineMeasurement, "peakMegabytes">): void {
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1000);
  process.stdout.write(`${JSON.stringify({ ...measurement, peakMegabytes })}\n`);
}
