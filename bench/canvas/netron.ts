import type { Browser, Frame, Page } from "playwright-core";
import { attempt } from "./attempt.ts";
import { dragAlong, zoomOutAndIn } from "./gestures.ts";
import type { DrawingTimes } from "./measurement.ts";
import { openingOf } from "./openingOf.ts";
import { installProbe } from "./probe.ts";

/** A point of the window that no node covers: a drag from there moves the view. */
function freePoint(frame: Frame) {
  return frame.evaluate(() => {
    for (let x = 40; x < innerWidth - 40; x += 20) {
      const found = document.elementFromPoint(x, innerHeight / 2);
      if (found?.closest("#origin") === null) return { x, y: innerHeight / 2 };
    }
    return { x: innerWidth / 2, y: innerHeight / 2 };
  });
}

/** Netron takes `eval` away from its page, and the driver of the browser cannot do without. */
function keepEval(): void {
  const known: unknown = Reflect.get(globalThis, "eval");
  Object.defineProperty(globalThis, "eval", { get: () => known, set() {} });
}

async function measure(page: Page, address: string): Promise<DrawingTimes> {
  const start = Date.now();
  await page.goto(address);
  const frame = page.mainFrame();
  const opening = await openingOf(frame, start);
  const point = await freePoint(frame);
  return {
    ...opening,
    pan: await attempt("Netron, panning", () => dragAlong(page, frame, point, { x: 0, y: -700 })),
    zoom: await attempt("Netron, zooming", () =>
      // Netron zooms ten times as fast by the wheel while Control is held.
      zoomOutAndIn(page, frame, { point, step: 2.7, key: "Control" }),
    ),
  };
}

/** Opens a model in Netron, pans and zooms. */
export async function measureNetron(
  browser: Browser,
  address: string,
  viewport: { readonly width: number; readonly height: number },
): Promise<DrawingTimes> {
  const context = await browser.newContext({ viewport });
  try {
    // Its own question about cookies is answered, and it asks nothing of the network.
    await context.addCookies([{ name: "consent", value: "1", url: address }]);
    await context.route(
      (url) => url.hostname !== "127.0.0.1",
      (route) => route.abort(),
    );
    await context.addInitScript(keepEval);
    await context.addInitScript(installProbe);
    return await measure(await context.newPage(), address);
  } finally {
    await context.close();
  }
}
