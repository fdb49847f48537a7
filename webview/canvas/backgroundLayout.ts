import type { Middle, Spacing } from "./placeSegment.ts";
import type { NumberedGraph } from "./series.ts";

/** A graph to place, by a name that says all of it. */
export interface LayoutRequest {
  readonly key: string;
  readonly graph: NumberedGraph;
  readonly spacing: Spacing;
}

/** The places that the worker found for it. */
export interface LayoutResult {
  readonly key: string;
  readonly middles: readonly Middle[];
}

/** A worker that places one graph and fails where it cannot. */
export interface LayoutWorker {
  place(request: LayoutRequest): Promise<LayoutResult>;
  terminate(): void;
}

/** Milliseconds after which a graph is given up, and keeps its plain places. */
const LONGEST = 20_000;

/** Places graphs one at a time outside of the page; what nobody wants any more is ended. */
export class BackgroundLayout {
  readonly #start: () => Promise<LayoutWorker>;
  readonly #onPlaced: (result: LayoutResult) => void;
  readonly #givenUp = new Set<string>();
  #wanted: readonly LayoutRequest[] = [];
  #running: { readonly key: string; readonly stop: () => void } | undefined;
  readonly #idle: (() => void)[] = [];

  constructor(start: () => Promise<LayoutWorker>, onPlaced: (result: LayoutResult) => void) {
    this.#start = start;
    this.#onPlaced = onPlaced;
  }

  /** Takes the place of all earlier wishes: what is under way and not among these is cancelled. */
  want(requests: readonly LayoutRequest[]): void {
    this.#wanted = requests.filter(({ key }) => !this.#givenUp.has(key));
    const { key } = this.#running ?? {};
    if (key !== undefined && !this.#wanted.some((request) => request.key === key)) {
      this.#stop();
    }
    this.#next();
  }

  /** Resolves when nothing is wanted any more. */
  idle(): Promise<void> {
    return this.#running === undefined && this.#wanted.length === 0
      ? Promise.resolve()
      : new Promise((resolve) => this.#idle.push(resolve));
  }

  #next(): void {
    const [request] = this.#wanted;
    if (this.#running !== undefined) {
      return;
    }
    if (request === undefined) {
      for (const resolve of this.#idle.splice(0)) {
        resolve();
      }
      return;
    }
    void this.#run(request);
  }

  async #run(request: LayoutRequest): Promise<void> {
    let worker: LayoutWorker | undefined;
    let isOver = false;
    const timer = setTimeout(() => this.#giveUp(request), LONGEST);
    const stop = (): void => {
      isOver = true;
      clearTimeout(timer);
      worker?.terminate();
    };
    this.#running = { key: request.key, stop };
    try {
      worker = await this.#start();
      // It may have been cancelled while the worker started, or while the answer was on its way.
      if (isOver) {
        worker.terminate();
        return;
      }
      const result = await worker.place(request);
      if (!isOver) {
        this.#finish(request, result);
      }
    } catch {
      if (!isOver) {
        this.#giveUp(request);
      }
    }
  }

  #finish({ key }: LayoutRequest, result: LayoutResult): void {
    this.#stop();
    this.#wanted = this.#wanted.filter((request) => request.key !== key);
    this.#onPlaced(result);
    this.#next();
  }

  #giveUp({ key }: LayoutRequest): void {
    if (this.#running?.key === key) {
      this.#stop();
    }
    this.#givenUp.add(key);
    this.#wanted = this.#wanted.filter((request) => request.key !== key);
    this.#next();
  }

  #stop(): void {
    this.#running?.stop();
    this.#running = undefined;
  }
}
