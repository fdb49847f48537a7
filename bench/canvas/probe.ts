/** When a drawing was there, in milliseconds since 1970, so that processes can be compared. */
interface Opening {
  /** End of the first frame with the network in it. */
  readonly first: number;
  /** End of the frame with the last change before nothing changed any more. */
  readonly settled: number;
}

/** What the probe of a page answers. */
export interface Probe {
  opening(): Opening | undefined;
  startFrames(): void;
  /** Milliseconds from frame to frame since the start. */
  stopFrames(): readonly number[];
  /** Waits for the next press of a key, and then for the texts of the elements to change and to be painted. */
  watchTexts(selectors: readonly string[]): void;
  /** Milliseconds from the press of the key to the end of the frame with each new text, once all are there. */
  keyToPaint(): readonly number[] | undefined;
}

declare global {
  // oxlint-disable-next-line no-var -- the way to declare a property of globalThis
  var benchProbe: Probe;
}

/** Runs in every frame before anything else of the page; sees nothing of this file but itself. */
export function installProbe(): void {
  const now = (): number => performance.timeOrigin + performance.now();
  /** A task that is queued in a frame runs when the frame has been painted. */
  const afterFrame = (then: () => void): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", then);
      port1.start();
      port2.postMessage(0);
    });
  };
  let opening: { first: number; settled: number } | undefined;
  // The cards and wires of our canvas once they are where they belong, or Netron's graph once its spinner is gone.
  const drawing = (): Element | null =>
    document.querySelector(
      "[data-looked] .react-flow__viewport:has(.react-flow__node), body.default #origin:has(*)",
    );
  const look = (): void => {
    const element = drawing();
    if (element === null) {
      // The frames around the canvas have nothing to draw, and should not be kept busy.
      const isAround = document.querySelector(".monaco-workbench, iframe") !== null;
      if (!isAround) setTimeout(look, 2);
      return;
    }
    afterFrame(() => {
      const begun = { first: now(), settled: now() };
      opening = begun;
      const observer = new MutationObserver(() => afterFrame(() => (begun.settled = now())));
      const what = { subtree: true, childList: true, attributes: true, characterData: true };
      observer.observe(element, what);
    });
  };
  look();

  let frames: number[] = [];
  let isRecording = false;
  let pressed: number | undefined;
  let painted: (number | undefined)[] = [];
  const record = (time: number): void => {
    frames.push(time);
    if (isRecording) {
      requestAnimationFrame(record);
    }
  };
  globalThis.benchProbe = {
    opening: () => opening,
    startFrames() {
      frames = [];
      isRecording = true;
      requestAnimationFrame(record);
    },
    stopFrames() {
      isRecording = false;
      return frames.slice(1).map((time, index) => time - (frames[index] ?? time));
    },
    watchTexts(selectors) {
      pressed = undefined;
      painted = selectors.map(() => undefined);
      const times = painted;
      const press = (event: KeyboardEvent): void => void (pressed = event.timeStamp);
      addEventListener("keydown", press, { capture: true, once: true });
      for (const [index, selector] of selectors.entries()) {
        const element = document.querySelector(selector);
        const before = element?.textContent;
        const observer = new MutationObserver(() => {
          if (document.querySelector(selector)?.textContent !== before) {
            observer.disconnect();
            afterFrame(() => (times[index] = performance.now()));
          }
        });
        // A card that is drawn anew is another element.
        observer.observe(document, { subtree: true, childList: true, characterData: true });
      }
    },
    keyToPaint() {
      const times = painted.flatMap((time) =>
        time === undefined || pressed === undefined ? [] : [time - pressed],
      );
      return times.length === painted.length ? times : undefined;
    },
  };
}
