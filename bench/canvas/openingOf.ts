import type { Frame } from "playwright-core";
import type { DrawingTimes } from "./measurement.ts";

/** Longer without a change than anything that is still under way. */
const quiet = 800;

/** Milliseconds from a moment to the first frame with the network, and to the last change of the drawing. */
export async function openingOf(
  frame: Frame,
  start: number,
): Promise<Pick<DrawingTimes, "opened" | "settled">> {
  await frame.waitForFunction(
    (longest) => {
      const opening = globalThis.benchProbe.opening();
      const now = performance.timeOrigin + performance.now();
      return opening !== undefined && now - opening.settled > longest;
    },
    quiet,
    { timeout: 120_000, polling: 100 },
  );
  const opening = await frame.evaluate(() => globalThis.benchProbe.opening());
  const { first, settled } = opening ?? { first: NaN, settled: NaN };
  return { opened: [first - start], settled: [settled - start] };
}
