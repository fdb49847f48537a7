import { describe, expect, it } from "vitest";
import {
  BackgroundLayout,
  type LayoutRequest,
  type LayoutResult,
  type LayoutWorker,
} from "../../webview/canvas/backgroundLayout.ts";
import { spacings } from "../../webview/canvas/placeSegment.ts";

const request = (key: string): LayoutRequest => ({
  key,
  graph: { count: 1, links: [] },
  spacing: spacings.right,
});

/** A worker that answers when it is told to. */
class SlowWorker implements LayoutWorker {
  asked: string | undefined;
  isEnded = false;
  #answer: ((result: LayoutResult) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;

  place({ key }: LayoutRequest): Promise<LayoutResult> {
    this.asked = key;
    return new Promise((resolve, reject) => {
      this.#answer = resolve;
      this.#fail = reject;
    });
  }

  terminate(): void {
    this.isEnded = true;
  }

  answer(): void {
    this.#answer?.({ key: this.asked ?? "", middles: [{ along: 1, across: 2 }] });
  }

  fail(): void {
    this.#fail?.(new Error("out of stack"));
  }
}

function started() {
  const workers: SlowWorker[] = [];
  const placed: string[] = [];
  const layout = new BackgroundLayout(
    () => {
      const worker = new SlowWorker();
      workers.push(worker);
      return Promise.resolve(worker);
    },
    ({ key }) => placed.push(key),
  );
  const asked = (): readonly string[] =>
    workers.map((worker) => `${worker.asked}${worker.isEnded ? ", ended" : ""}`);
  return { layout, workers, placed, asked };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe("layout in the background", () => {
  it("places one graph after the other and is idle then", async () => {
    const { layout, workers, placed, asked } = started();
    layout.want([request("a"), request("b")]);
    const idle = layout.idle();
    await settled();
    expect(asked()).toEqual(["a"]);
    workers[0]?.answer();
    await settled();
    workers[1]?.answer();
    await idle;
    expect([placed, asked()]).toEqual([
      ["a", "b"],
      ["a, ended", "b, ended"],
    ]);
  });

  it("cancels what a newer wish does not name, and goes on with what it does", async () => {
    const { layout, workers, placed, asked } = started();
    layout.want([request("a")]);
    await settled();
    layout.want([request("b")]);
    await settled();
    layout.want([request("c"), request("b")]);
    await settled();
    expect(asked()).toEqual(["a, ended", "b"]);
    workers[0]?.answer();
    workers[1]?.answer();
    await settled();
    expect([placed, asked()]).toEqual([["b"], ["a, ended", "b, ended", "c"]]);
  });

  it("tries a graph that failed no second time", async () => {
    const { layout, workers, placed, asked } = started();
    layout.want([request("a")]);
    await settled();
    workers[0]?.fail();
    await settled();
    layout.want([request("a")]);
    await layout.idle();
    expect([placed, asked()]).toEqual([[], ["a, ended"]]);
  });
});
