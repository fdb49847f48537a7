import { applyEdits } from "../../src/core/design/applyEdits.ts";
import { applyCommand } from "../../src/core/design/edit.ts";
import type { CopiedNodes } from "../../src/protocol/copiedNodes.ts";
import type { HostMessage, TrainingState, WebviewRequest } from "../../src/protocol/webview.ts";
import { designs } from "./designs.ts";
import { endings, fakeComparison, trainingEvents } from "./fakeTraining.ts";

// Plays the extension host in a plain browser: one text with undo, and trainings that are drawn, not run.

const parameters = new URLSearchParams(location.search);
const theme = parameters.get("theme") ?? "dark";
document.body.classList.add(`theme-${theme}`, `vscode-${theme}`);
if (theme === "high-contrast-light") {
  document.body.classList.add("vscode-high-contrast");
}

let text = designs[parameters.get("design") ?? "lenet5"] ?? "";
let version = 1;
let copied: CopiedNodes = { text: "", blocks: [], positions: {} };
const undone: string[] = [];
const done: string[] = [];

const post = (message: HostMessage): void => {
  setTimeout(() => globalThis.postMessage(message, "*"), Number(parameters.get("delay") ?? 5));
};

function change(next: string): void {
  text = next;
  version += 1;
  post({ type: "document", text, version, isWritable: true });
}

function trainingState(): TrainingState {
  const name = parameters.get("training");
  if (name === null) {
    return { status: "idle", events: [] };
  }
  const ending = endings[name];
  if (name === "missing" && ending !== undefined) {
    return { status: "ended", events: [{ type: "phase", phase: "loadingEngine" }, ending] };
  }
  const events = [
    ...trainingEvents(
      ending === undefined || name === "crashed" || name === "paused" ? 1400 : 2110,
    ),
  ];
  return ending === undefined
    ? { status: "running", events }
    : { status: "ended", events: [...events, ending] };
}

function train(): void {
  const events = trainingEvents(2110);
  post({ type: "training", events: [], status: "running", isNewRun: true });
  const timer = setInterval(() => {
    const next = events.next();
    if (next.done === true) {
      clearInterval(timer);
      const { ended } = endings;
      post({
        type: "training",
        events: ended === undefined ? [] : [ended],
        status: "ended",
        isNewRun: false,
      });
    } else {
      post({ type: "training", events: [next.value], status: "running", isNewRun: false });
    }
  }, 20);
}

function edit(request: WebviewRequest & { readonly type: "edit" }): void {
  const result = applyCommand(text, request.command);
  if (result.type === "refused") {
    post({ type: "editResult", id: request.id, refused: result.message });
    return;
  }
  done.push(text);
  undone.length = 0;
  change(applyEdits(text, result.edits));
  post({ type: "editResult", id: request.id });
}

function step(from: string[], to: string[]): void {
  const next = from.pop();
  if (next !== undefined) {
    to.push(text);
    change(next);
  }
}

/** Begins a comparison with the design of this name. */
function compareWith(name: string | null): void {
  if (name !== null) {
    post({ type: "designComparison", other: { title: name, text: designs[name] ?? name } });
  }
}

// oxlint-disable-next-line complexity -- one line a message
function receive(request: WebviewRequest): void {
  switch (request.type) {
    case "ready":
      post({
        type: "snapshot",
        text,
        version,
        fileName: "example.cnn.json",
        isWritable: parameters.get("readonly") === null,
        training: trainingState(),
        recent: [],
        strings: {},
        language: "en",
      });
      compareWith(parameters.get("compare"));
      return parameters.get("training") === "compared"
        ? post({ type: "comparison", comparison: fakeComparison() })
        : undefined;
    case "edit":
      return edit(request);
    case "copy":
      copied = request.copied;
      return;
    case "readClipboard":
      return post({ type: "clipboard", copied });
    case "undo":
      return step(done, undone);
    case "redo":
      return step(undone, done);
    case "readSamples": {
      const values = Array.from({ length: 28 * 28 }, (_, at) => {
        const [y, x] = [Math.floor(at / 28) - 13.5, (at % 28) - 13.5];
        return Math.abs(Math.hypot(y, x * 1.4) - 8) < 2 ? 230 : 0;
      });
      const image = btoa(String.fromCodePoint(...values));
      return post({
        type: "sampleImages",
        subject: request.subject,
        imageShape: [28, 28, 1],
        images: [image, image],
      });
    }
    case "train":
      return train();
    case "stopComparing":
    case "picture":
    case "exportLayerTable":
    case "revealText":
    case "chooseDataset":
    case "inspectDataset":
    case "revealImage":
    case "stopTraining":
    case "pauseTraining":
    case "resumeTraining":
    case "installNativeEngine":
    case "showLog":
    case "changeKeys":
    case "keepRecent":
    case "openExample":
    case "report":
      // oxlint-disable-next-line no-console
      return console.info(JSON.stringify(request));
  }
}

let kept: unknown = JSON.parse(parameters.get("view") ?? "null");

Object.assign(globalThis, {
  acquireVsCodeApi: () => ({
    postMessage: (request: WebviewRequest) => receive(structuredClone(request)),
    getState: () => kept,
    setState: (state: unknown) => {
      kept = state;
    },
  }),
  fakeHost: { text: () => text, change, state: () => kept },
});

globalThis.addEventListener("keydown", ({ key, ctrlKey }) => {
  if (ctrlKey && (key === "z" || key === "y")) {
    receive({ type: key === "z" ? "undo" : "redo" });
  }
});
