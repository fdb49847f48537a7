import type { Frame, Page } from "playwright-core";

/** A place on the page in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Steps of a gesture, one for each frame of a screen with 60 of them a second. */
const steps = 90;
const tick = 1000 / 60;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Makes a gesture step by step and returns the milliseconds between the frames of the page meanwhile. */
async function framesDuring(
  frame: Frame,
  step: (index: number) => Promise<void>,
): Promise<readonly number[]> {
  await frame.evaluate(() => globalThis.benchProbe.startFrames());
  for (let index = 0; index < steps; index++) {
    const start = performance.now();
    await step(index);
    await pause(Math.max(0, tick - (performance.now() - start)));
  }
  return frame.evaluate(() => globalThis.benchProbe.stopFrames());
}

/** Drags from a point along a line, there and back. */
export async function dragAlong(
  page: Page,
  frame: Frame,
  from: Point,
  by: Point,
): Promise<readonly number[]> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const frames = await framesDuring(frame, (index) => {
    const part = 1 - Math.abs(1 - (2 * (index + 1)) / steps);
    return page.mouse.move(from.x + by.x * part, from.y + by.y * part);
  });
  await page.mouse.up();
  return frames;
}

/** Zooms out to nearly a sixth and in again over a point. */
export async function zoomOutAndIn(
  page: Page,
  frame: Frame,
  { point, step, key }: { readonly point: Point; readonly step: number; readonly key?: "Control" },
): Promise<readonly number[]> {
  await page.mouse.move(point.x, point.y);
  if (key !== undefined) await page.keyboard.down(key);
  const frames = await framesDuring(frame, (index) =>
    page.mouse.wheel(0, index < steps / 2 ? step : -step),
  );
  if (key !== undefined) await page.keyboard.up(key);
  return frames;
}
