import * as vscode from "vscode";
import type { PictureRequest } from "../protocol/picture.ts";
import { parseWebviewRequest } from "../protocol/parseWebviewRequest.ts";
import type { DatasetReport } from "../protocol/datasetReport.ts";
import type { Comparison } from "../protocol/comparison.ts";
import type { CanvasAction, HostMessage, WebviewRequest } from "../protocol/webview.ts";
import type { DesignClipboard } from "./designClipboard.ts";
import type { DesignDocument, EditOutcome } from "./designDocument.ts";
import { ComparisonSession } from "./comparison/comparisonSession.ts";
import type { OtherText } from "./comparison/otherText.ts";
import { exportLayerTable } from "./exportLayerTable.ts";
import type { RecentTypes } from "./recentTypes.ts";
import { PictureAnswers, type PictureAnswer } from "./pictureAnswers.ts";
import { refusalWords } from "./refusalWords.ts";
import type { SampleService } from "./sampleService.ts";
import { revealImage } from "./training/revealImage.ts";
import { revealText } from "./revealText.ts";
import type { TrainingChange, TrainingService } from "./training/trainingService.ts";
import { isWritable } from "./vscodeText.ts";

/** What a canvas works with besides its own panel and text. */
export interface CanvasServices {
  readonly training: TrainingService;
  readonly clipboard: DesignClipboard;
  readonly samples: SampleService;
  readonly log: vscode.LogOutputChannel;
  readonly recentTypes: RecentTypes;
}

/** What leaves a canvas, or ends what came to it from outside. */
type OutputRequest = Extract<
  WebviewRequest,
  { readonly type: "exportLayerTable" | "picture" | "report" | "showLog" | "stopComparing" }
>;

const isAboutOutput = (request: WebviewRequest): request is OutputRequest =>
  request.type === "exportLayerTable" ||
  request.type === "picture" ||
  request.type === "report" ||
  request.type === "showLog" ||
  request.type === "stopComparing";

/** What a command of the same name does. */
const commands = [
  "train",
  "stopTraining",
  "pauseTraining",
  "resumeTraining",
  "chooseDataset",
  "inspectDataset",
  "installNativeEngine",
] as const satisfies readonly WebviewRequest["type"][];

type CommandRequest = Extract<WebviewRequest, { readonly type: (typeof commands)[number] }>;

const isCommand = (request: WebviewRequest): request is CommandRequest =>
  commands.some((command) => command === request.type);

/** One canvas on one text document: a snapshot when it asks or shows again, changes while it is visible. */
export class CanvasView {
  readonly document: vscode.TextDocument;
  readonly #panel: vscode.WebviewPanel;
  readonly #design: DesignDocument;
  readonly #services: CanvasServices;
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #pictures = new PictureAnswers();
  #designComparison: ComparisonSession | undefined;
  readonly #waiting: CanvasAction[] = [];
  #comparison: Comparison | undefined;
  #dataset: DatasetReport | undefined;
  #isReady = false;
  #isStale = false;
  #isWritable = true;

  constructor(
    panel: vscode.WebviewPanel,
    document: vscode.TextDocument,
    design: DesignDocument,
    services: CanvasServices,
  ) {
    this.#panel = panel;
    this.document = document;
    this.#design = design;
    this.#services = services;
    this.#subscriptions = [
      panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      panel.onDidChangeViewState(() => this.#showAgain()),
      vscode.workspace.onDidChangeTextDocument((change) => this.#textChanged(change)),
      services.training.onDidChange((change) => this.#trainingChanged(change)),
    ];
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  get isVisible(): boolean {
    return this.#panel.visible;
  }

  /** Shows the canvas without opening another one. */
  reveal(): void {
    this.#panel.reveal();
  }

  /** Shows several runs in the training strip, until another training is shown. */
  compare(comparison: Comparison): void {
    this.#comparison = comparison;
    if (this.#isReady) {
      this.#post({ type: "comparison", comparison });
    }
  }

  /** Shows this design beside another one; throws where that cannot be read. */
  async compareWith(other: OtherText): Promise<void> {
    this.#designComparison?.dispose();
    this.#designComparison = new ComparisonSession(
      other,
      (message) => this.#sendIfVisible(message),
      (error) => this.#services.log.warn(`${other.title}:`, error),
    );
    await this.#designComparison.send();
  }

  #stopComparing(): void {
    this.#designComparison?.dispose();
    this.#designComparison = undefined;
  }

  /** Shows what is in the data set of the design, once it can. */
  showDataset(report: DatasetReport): void {
    this.#dataset = report;
    if (this.#isReady) {
      this.#post({ type: "dataset", report });
    }
  }

  /** Has the canvas draw a picture. */
  drawPicture(request: PictureRequest): Promise<PictureAnswer> {
    return this.#pictures.ask((id) => this.#post({ type: "picture", id, request }));
  }

  /** Has the canvas carry out a command, once it can. */
  act(action: CanvasAction): void {
    if (this.#isReady) {
      this.#post({ type: "action", action });
    } else {
      this.#waiting.push(action);
    }
  }

  dispose(): void {
    this.#stopComparing();
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  async #receive(message: unknown): Promise<void> {
    const parsed = parseWebviewRequest(message);
    if (parsed.type === "invalid") {
      this.#services.log.error(`The canvas sent a message nobody knows: ${parsed.message}`);
      return;
    }
    try {
      await this.#answer(parsed.request);
    } catch (error) {
      this.#services.log.error(`The canvas asked for ${parsed.request.type}:`, error);
    }
  }

  async #answer(request: WebviewRequest): Promise<void> {
    if (isAboutOutput(request)) {
      await this.#answerOutput(request);
      return;
    }
    if (isCommand(request)) {
      await vscode.commands.executeCommand(`cnnArchitect.${request.type}`, this.document.uri);
      return;
    }
    switch (request.type) {
      case "ready":
        await this.#begin();
        break;
      case "edit":
        this.#answerEdit(request.id, await this.#applyEdit(request));
        break;
      case "copy":
        await this.#services.clipboard.write(request.copied);
        break;
      case "readClipboard":
        this.#post({ type: "clipboard", copied: await this.#services.clipboard.read() });
        break;
      case "undo":
      case "redo":
        await vscode.commands.executeCommand(request.type);
        break;
      case "readSamples":
        await this.#sendSamples(request.subject);
        break;
      case "revealText":
        await revealText(this.document, request);
        break;
      case "revealImage":
        await revealImage(this.#dataset, request.name);
        break;
      case "keepRecent":
        await this.#services.recentTypes.keep(request.recent);
        break;
      case "openExample":
        await vscode.commands.executeCommand("cnnArchitect.openExample", request.id);
        break;
      case "changeKeys":
        await vscode.commands.executeCommand(
          "workbench.action.openGlobalKeybindings",
          "CNN Architect",
        );
        break;
    }
  }

  async #begin(): Promise<void> {
    this.#isReady = true;
    await this.#sendSnapshot();
    if (this.#dataset !== undefined) {
      this.#post({ type: "dataset", report: this.#dataset });
    }
    for (const action of this.#waiting.splice(0)) {
      this.act(action);
    }
  }

  async #answerOutput(request: OutputRequest): Promise<void> {
    switch (request.type) {
      case "exportLayerTable":
        await exportLayerTable(this.document.uri, this.#design.analyzed, request);
        break;
      case "picture":
        this.#pictures.answer(request);
        break;
      case "stopComparing":
        this.#stopComparing();
        break;
      case "showLog":
        this.#services.log.show();
        break;
      case "report":
        this.#services.log.error(`The canvas: ${request.message}`);
        break;
    }
  }

  async #applyEdit(request: WebviewRequest & { readonly type: "edit" }): Promise<EditOutcome> {
    try {
      return await this.#design.apply(request.command, request.version);
    } catch (error) {
      this.#services.log.error(`${request.command.type} failed:`, error);
      const message = vscode.l10n.t("This could not be done. The log says why.");
      return { type: "rejected", refusal: { reason: "refused", message } };
    }
  }

  #answerEdit(id: number, outcome: EditOutcome): void {
    if (outcome.type === "rejected") {
      const isOutdated = outcome.refusal.reason === "changedMeanwhile";
      this.#post({
        type: "editResult",
        id,
        refused: refusalWords(outcome.refusal),
        ...(isOutdated && { isOutdated }),
      });
      return;
    }
    const { created } = outcome;
    this.#post({ type: "editResult", id, ...(created === undefined ? {} : { created }) });
  }

  async #sendSamples(subject: string): Promise<void> {
    const found = await this.#services.samples.of(this.document);
    const { imageShape = [], images = [] } = found ?? {};
    this.#post({ type: "sampleImages", subject, imageShape, images });
  }

  async #sendSnapshot(): Promise<void> {
    this.#isStale = false;
    this.#isWritable = await isWritable(this.document);
    this.#post({
      type: "snapshot",
      text: this.document.getText(),
      version: this.document.version,
      fileName: vscode.workspace.asRelativePath(this.document.uri, false),
      isWritable: this.#isWritable,
      training: this.#services.training.stateOf(this.document.uri),
      recent: this.#services.recentTypes.get(),
      strings: vscode.l10n.bundle ?? {},
      language: vscode.env.language,
    });
    if (this.#comparison !== undefined) {
      this.#post({ type: "comparison", comparison: this.#comparison });
    }
    await this.#designComparison?.sendSafely();
  }

  #showAgain(): void {
    if (this.#panel.visible && this.#isStale) {
      void this.#sendSnapshot();
    }
  }

  #textChanged(change: vscode.TextDocumentChangeEvent): void {
    if (change.document === this.document && change.contentChanges.length > 0) {
      this.#sendIfVisible({
        type: "document",
        text: this.document.getText(),
        version: this.document.version,
        isWritable: this.#isWritable,
      });
    }
  }

  #trainingChanged({ uri, status, events, isNewRun }: TrainingChange): void {
    if (uri.toString() === this.document.uri.toString()) {
      if (isNewRun) {
        this.#comparison = undefined;
      }
      this.#sendIfVisible({ type: "training", status, events, isNewRun });
    }
  }

  #sendIfVisible(message: HostMessage): void {
    if (!this.#isReady) {
      return;
    }
    if (this.#panel.visible) {
      this.#post(message);
    } else {
      this.#isStale = true;
    }
  }

  #post(message: HostMessage): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a webview of VS Code has none
    void this.#panel.webview.postMessage(message);
  }
}
