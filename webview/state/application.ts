import type { EditCommand } from "../../src/core/design/command.ts";
import { applyEdits } from "../../src/core/design/applyEdits.ts";
import type { Problem, TextRange } from "../../src/core/design/problem.ts";
import { closeAllBlocks, openAllBlocks, showPart } from "../canvas/blockActions.ts";
import { openFind } from "../find/findActions.ts";
import { definitionPart, inDefinition, usesWords } from "../canvas/definition.ts";
import { isOutside } from "../canvas/outsideId.ts";
import type { DatasetReport } from "../../src/protocol/datasetReport.ts";
import type { CopiedNodes } from "../../src/protocol/copiedNodes.ts";
import type {
  ArrangeAction,
  CanvasAction,
  HostMessage,
  WebviewRequest,
} from "../../src/protocol/webview.ts";
import type { HostConnection } from "../host/hostConnection.ts";
import { focusTable } from "../table/focusTable.ts";
import { setStrings, t } from "../text/t.ts";
import type { DropPreview } from "../canvas/dropPreview.ts";
import {
  stateBefore,
  type AppState,
  type DialogName,
  type Notice,
  type QuickInsert,
  type Wiring,
} from "./appState.ts";
import { applyRemembering } from "./applyRemembering.ts";
import { withDraft, type Draft } from "./drafts.ts";
import { isArrangeAction } from "./arrangeActions.ts";
import { FrameBatch } from "./frameBatch.ts";
import {
  dropEdit,
  takeComparison,
  takeDesignComparison,
  takeDocument,
  takeEditResult,
  takeSnapshot,
  takeTraining,
} from "./hostMessages.ts";
import { showText } from "./showText.ts";
import { createSignal } from "./signal.ts";
import { createStore, type Store } from "./store.ts";
import { Unhurried } from "./unhurried.ts";
import { readViewState, type ViewState } from "./viewState.ts";

type TrainingMessage = Extract<HostMessage, { readonly type: "training" }>;

/** Types at the top of the palette. */
const MOST_RECENT = 5;

/** Milliseconds after which the text of a gesture that is done should have come. */
const LONGEST_WAIT = 2000;

/** What only the drawn canvas or the inspector can do; `show` brings the selection into sight, `reveal` focuses it too. */
export type CanvasOrder = "fit" | "reveal" | "show" | "focusInspector" | ArrangeAction;

/** The block that fills the canvas, or the nearest around it that all of these are in: what is selected can be seen. */
function levelWith(ids: readonly string[], inside: string | undefined): string | undefined {
  let level = inside;
  while (level !== undefined && !ids.every((id) => isOutside(id) || id.startsWith(`${level}/`))) {
    const end = level.lastIndexOf("/");
    level = end === -1 ? undefined : level.slice(0, end);
  }
  return level;
}

/** How a gesture ended here, before the host has confirmed it. */
export type EditOutcome =
  | { readonly type: "done"; readonly created?: string }
  | { readonly type: "refused"; readonly message: string };

/** What a person can do with the canvas; holds the state and the line to the host. */
export class Application {
  readonly store: Store<AppState>;
  readonly unhurried: Unhurried;
  /** Commands that only the canvas can carry out. */
  readonly canvasActions = createSignal<CanvasOrder>();
  /** What the clipboard holds, when the canvas has asked for it. */
  readonly clipboard = createSignal<CopiedNodes>();
  readonly #host: HostConnection;
  readonly #training = new FrameBatch<TrainingMessage>((messages) => this.#takeTraining(messages));
  #lastEdit = 0;
  /** Gestures that the host has not answered, by their ids. */
  readonly #unanswered = new Map<number, EditCommand>();
  #lastProblem = -1;

  constructor(host: HostConnection) {
    this.#host = host;
    this.store = createStore(stateBefore(readViewState(host.readState())));
    this.unhurried = new Unhurried(this.store);
  }

  /** Listens to the host and asks for the first snapshot; the returned function ends it. */
  start(): () => void {
    const stop = this.#host.listen((message) => this.#receiveSafely(message));
    this.send({ type: "ready" });
    return stop;
  }

  send(request: WebviewRequest): void {
    this.#host.send(request);
  }

  /** Makes one gesture: shown at once, sent to the host, taken back if the host refuses it. */
  edit(command: EditCommand): EditOutcome {
    const { shown, isWritable, confirmed } = this.store.get();
    if (!isWritable) {
      return this.#refuse(t("This file is read-only, so nothing was changed."));
    }
    if (!shown.parsed.isJson) {
      return this.#refuse(
        t("The text of this file cannot be read. Mend it first, then edit here again."),
      );
    }
    const result = applyRemembering(shown.parsed, command);
    if (result.type === "refused") {
      return this.#refuse(result.message);
    }
    const done = {
      type: "done",
      ...(result.created === undefined ? {} : { created: result.created }),
    } as const;
    if (result.edits.length === 0) {
      return done;
    }
    this.#lastEdit += 1;
    const pending = { id: this.#lastEdit, textAfter: applyEdits(shown.parsed.text, result.edits) };
    this.store.update(({ notice: _, ...state }) =>
      showText({ ...state, pending: [...state.pending, pending] }, pending.textAfter),
    );
    this.#unanswered.set(pending.id, command);
    this.send({ type: "edit", id: pending.id, version: confirmed.version, command });
    if (command.type === "editBlock") {
      this.say(usesWords(this.store.get().drawn.network, command.block));
    }
    return done;
  }

  /** Changes what belongs to this view only, and keeps it for the next time. */
  setView(change: Partial<ViewState>): void {
    this.store.update((state) => ({ ...state, view: { ...state.view, ...change } }));
    this.keepView();
  }

  /** Back to the one design; the host no longer follows the other text. */
  stopComparing(): void {
    this.store.update(({ compared: _, ...state }) => state);
    this.send({ type: "stopComparing" });
  }

  /** Writes the view to where VS Code keeps it. */
  keepView(): void {
    this.#host.writeState(this.store.get().view);
  }

  select(ids: readonly string[]): void {
    const { selection, inside } = this.store.get().view;
    if (ids.length !== selection.length || ids.some((id, index) => id !== selection[index])) {
      this.setView({ selection: ids, inside: levelWith(ids, inside) });
    }
  }

  rename(node: string, name: string): EditOutcome {
    const part = definitionPart(this.store.get().drawn, node);
    if (part !== undefined) {
      const command = { type: "renameNode", node: part.node, name } as const;
      const renamed = this.edit(inDefinition(part.block, command));
      if (renamed.type === "done") this.select([`${part.around}/${name}`]);
      return renamed;
    }
    const outcome = this.edit({ type: "renameNode", node, name });
    // What is selected and open has followed the node.
    this.keepView();
    return outcome;
  }

  removeSelection(): void {
    const { view, drawn } = this.store.get();
    const nodes = view.selection.filter((id) => drawn.parsed.design.nodes.has(id));
    if (nodes.length === 0) {
      this.#removeParts();
    } else if (this.edit({ type: "removeNodes", nodes }).type === "done") {
      this.say(
        nodes.length === 1
          ? t("{0} deleted.", nodes[0] ?? "")
          : t("{0} nodes deleted.", nodes.length),
      );
    }
  }

  /** Removes what is selected from the definition that it stands in. */
  #removeParts(): void {
    const { view, drawn } = this.store.get();
    const parts = view.selection.flatMap((id) => definitionPart(drawn, id) ?? []);
    const [first] = parts;
    if (first === undefined) {
      void import("../canvas/offerOwn.ts").then(({ offerOwn }) =>
        offerOwn(this, view.selection[0] ?? ""),
      );
      return;
    }
    const nodes = parts.filter(({ block }) => block === first.block).map(({ node }) => node);
    this.edit(inDefinition(first.block, { type: "removeNodes", nodes: [...new Set(nodes)] }));
  }

  /** Forgets where nodes were put by hand. */
  layOutAgain(): void {
    const nodes = [...this.store.get().drawn.parsed.design.canvas.keys()];
    if (nodes.length > 0) {
      this.edit({ type: "resetPositions", nodes });
    }
    this.canvasActions.emit("fit");
  }

  /** Goes to the next problem in the order of the list, or to the one before, round and round. */
  nextProblem(step: 1 | -1 = 1): void {
    const all = this.store.get().shown.analysis.problems;
    const mistakes = all.filter(({ severity }) => severity !== "information");
    const problems = mistakes.length > 0 ? mistakes : all;
    if (problems.length === 0) {
      this.say(t("No problems."));
      return;
    }
    const last = this.#lastProblem === -1 && step === -1 ? 0 : this.#lastProblem;
    this.#lastProblem = (last + step + problems.length) % problems.length;
    const problem = problems[this.#lastProblem];
    if (problem !== undefined) {
      this.showProblem(problem);
    }
  }

  /** Brings the place of a problem into view: its node, or the text where it has none. */
  showProblem(problem: Problem): void {
    this.say(problem.message);
    if (
      problem.node !== undefined &&
      this.store.get().drawn.parsed.design.nodes.has(problem.node)
    ) {
      if (problem.part === undefined) {
        this.select([problem.node]);
        this.canvasActions.emit("reveal");
      } else {
        showPart(this, problem.part);
      }
      return;
    }
    this.notify({ severity: "error", text: problem.message, actions: [] });
    if (problem.range !== undefined) {
      this.revealText(problem.range);
    }
  }

  revealText({ offset, length }: TextRange): void {
    this.send({ type: "revealText", offset, length });
  }

  notify(notice: Notice): void {
    this.store.update((state) => ({ ...state, notice, spoken: notice.text }));
  }

  dismissNotice(): void {
    this.store.update(({ notice: _, ...state }) => state);
  }

  /** Has the screen reader say a sentence. */
  say(spoken: string): void {
    this.store.update((state) => ({ ...state, spoken }));
  }

  /** Remembers that a type was added, for the top of the palette. */
  remember(type: string): void {
    const recent = [type, ...this.store.get().recent.filter((each) => each !== type)];
    const kept = recent.slice(0, MOST_RECENT);
    this.store.update((state) => ({ ...state, recent: kept }));
    this.send({ type: "keepRecent", recent: kept });
  }

  openInsert(insert: QuickInsert): void {
    this.store.update((state) => ({ ...state, insert }));
  }

  closeInsert(): void {
    this.store.update(({ insert: _, ...state }) => state);
  }

  openDialog(dialog: DialogName): void {
    this.store.update((state) => ({ ...state, dialog }));
  }

  #showDataset(dataset: DatasetReport): void {
    if (this.store.get().compared !== undefined) {
      this.stopComparing();
    }
    this.store.update((state) => ({ ...state, dataset, dialog: "dataset" }));
  }

  closeDialog(): void {
    this.store.update(({ dialog: _, ...state }) => state);
  }

  /** Keeps what has been typed into a field; no text: the field shows what the file has. */
  setDraft(place: Omit<Draft, "text">, text: string | undefined): void {
    this.store.update((state) => {
      const drafts = withDraft(state.drafts, place, text);
      return drafts === state.drafts ? state : { ...state, drafts };
    });
  }

  /** Asks the host for images of the data set, once for each subject. */
  askForSamples(subject: string): void {
    const samples = { subject, imageShape: [], images: [] };
    this.store.update((state) => ({ ...state, samples }));
    this.send({ type: "readSamples", subject });
  }

  setPreview(preview: DropPreview | undefined): void {
    this.store.update((state) => {
      const { preview: before, ...others } = state;
      if (before === preview) {
        return state;
      }
      return preview === undefined ? others : { ...others, preview };
    });
  }

  setWiring(wiring: Wiring | undefined): void {
    this.store.update(({ wiring: _, ...state }) =>
      wiring === undefined ? state : { ...state, wiring },
    );
  }

  startRenaming(node: string): void {
    this.store.update((state) => ({ ...state, renaming: node }));
  }

  stopRenaming(): void {
    this.store.update(({ renaming: _, ...state }) => state);
  }

  setOverlay(overlay: "palette" | "inspector" | undefined): void {
    this.store.update(({ overlay: _, ...state }) =>
      overlay === undefined ? state : { ...state, overlay },
    );
  }

  #refuse(message: string): EditOutcome {
    this.notify({ severity: "error", text: message, actions: [] });
    return { type: "refused", message };
  }

  /** A message that cannot be taken must neither be lost in silence nor leave old numbers unmarked. */
  #receiveSafely(message: HostMessage): void {
    try {
      this.#receive(message);
    } catch (error) {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.send({ type: "report", message: `could not take ${message.type}: ${words}` });
      this.notify({
        severity: "error",
        text: t(
          "This change could not be shown, so the canvas may be out of date. The log says why.",
        ),
        actions: [
          { title: t("Reload"), run: () => this.send({ type: "ready" }) },
          { title: t("Show Log"), run: () => this.send({ type: "showLog" }) },
        ],
      });
    }
  }

  #receive(message: HostMessage): void {
    switch (message.type) {
      case "snapshot":
        setStrings(message.strings);
        document.documentElement.lang = message.language;
        this.#training.flush();
        return this.store.update((state) => takeSnapshot(state, message));
      case "document":
        return this.store.update((state) => takeDocument(state, message));
      case "editResult":
        return this.#takeEditResult(message);
      case "clipboard":
        return this.clipboard.emit(message.copied);
      case "training":
        return this.#training.add(message);
      case "sampleImages": {
        const { type: _, ...samples } = message;
        return this.store.update((state) =>
          state.samples?.subject === samples.subject ? { ...state, samples } : state,
        );
      }
      case "comparison":
        return this.store.update((state) => takeComparison(state, message));
      case "designComparison":
        return this.store.update((state) => takeDesignComparison(state, message));
      case "dataset":
        return this.#showDataset(message.report);
      case "picture":
        void this.#drawPicture(message);
        return;
      case "action":
        return this.#act(message.action);
    }
  }

  #takeEditResult(message: HostMessage & { readonly type: "editResult" }): void {
    const command = this.#unanswered.get(message.id);
    this.#unanswered.delete(message.id);
    if (message.isOutdated === true && command !== undefined) {
      // Somebody else's change came first; the gesture still means the same on the text as it is now.
      this.store.update((state) => dropEdit(state, message.id));
      this.edit(command);
      return;
    }
    this.#expectDocument(message.id);
    this.store.update((state) => takeEditResult(state, message));
  }

  async #drawPicture({ id, request }: HostMessage & { readonly type: "picture" }): Promise<void> {
    try {
      const { drawnPicture } = await import("../picture/drawnPicture.ts");
      this.send({ type: "picture", id, ...(await drawnPicture(this.store.get(), request)) });
    } catch (error) {
      this.send({ type: "report", message: `could not draw the picture: ${String(error)}` });
      const refused = t("The picture could not be drawn. The log says why.");
      this.send({ type: "picture", id, refused });
    }
  }

  /** A gesture that is done but whose text never came was done differently from what is shown: ask anew. */
  #expectDocument(id: number): void {
    setTimeout(() => {
      if (this.store.get().pending.some((edit) => edit.id === id)) {
        this.send({ type: "ready" });
      }
    }, LONGEST_WAIT);
  }

  #takeTraining(messages: readonly TrainingMessage[]): void {
    const before = this.store.get().training;
    this.store.update((state) => messages.reduce(takeTraining, state));
    const { training } = this.store.get();
    if (training.ending !== undefined && training.ending !== before.ending) {
      this.say(
        training.ending.type === "failed" ? training.ending.message : t("The training has ended."),
      );
    }
  }

  #act(action: CanvasAction): void {
    if (isArrangeAction(action)) {
      return this.canvasActions.emit(action);
    }
    const { view } = this.store.get();
    switch (action) {
      case "layout":
        return this.layOutAgain();
      case "addNode":
        return this.openInsert({});
      case "deleteSelection":
        return this.removeSelection();
      case "rename":
        return this.#renameSelected();
      case "togglePalette":
        return this.setView({ hasPalette: !view.hasPalette });
      case "toggleInspector":
        return this.setView({ hasInspector: !view.hasInspector });
      case "toggleTraining":
        return this.setView({ hasTraining: !view.hasTraining });
      case "showTraining":
        return this.setView({ hasTraining: true });
      case "showTable":
        this.setView({ hasTable: true, hasTraining: false });
        return focusTable();
      case "nextProblem":
        return this.nextProblem();
      case "previousProblem":
        return this.nextProblem(-1);
      case "find":
        return openFind(this);
      case "openAllBlocks":
        return openAllBlocks(this);
      case "closeAllBlocks":
        return closeAllBlocks(this);
      case "gallery":
        return this.openDialog("gallery");
      case "showKeys":
        return this.openDialog("keys");
      case "fit":
      case "focusInspector":
        return this.canvasActions.emit(action);
    }
  }

  #renameSelected(): void {
    const [node, ...more] = this.store.get().view.selection;
    if (node !== undefined && more.length === 0) {
      this.startRenaming(node);
    }
  }
}
