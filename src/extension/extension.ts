import * as vscode from "vscode";
import { setStrings } from "../core/text/t.ts";
import { startTrainer } from "../trainer/client.ts";
import { commandHandlers, type CommandServices } from "./commands/commands.ts";
import { openCanvas } from "./commands/switchView.ts";
import { DesignClipboard } from "./designClipboard.ts";
import { DesignDocuments } from "./designDocuments.ts";
import { DesignEditor } from "./designEditor.ts";
import { NativeEngineService } from "./nativeEngineService.ts";
import { ProblemFixes } from "./problemFixes.ts";
import { Problems } from "./problems.ts";
import { ResumeOffers } from "./runs/resumeOffers.ts";
import { RecentTypes } from "./recentTypes.ts";
import { RunDesigns } from "./runs/runDesigns.ts";
import { RunStore } from "./runs/runStore.ts";
import { RunsView } from "./runs/runsView.ts";
import { followRenames } from "./training/followRenames.ts";
import { reportTraining } from "./training/reportTraining.ts";
import { SampleService } from "./sampleService.ts";
import { keepTrainingContext } from "./training/trainingContext.ts";
import { TrainingService } from "./training/trainingService.ts";
import { TrainingStatusBar } from "./training/trainingStatusBar.ts";

/** Builds the object graph; VS Code disposes of it. */
export function activate(context: vscode.ExtensionContext): void {
  setStrings(vscode.l10n.bundle ?? {});
  const log = vscode.window.createOutputChannel("CNN Architect", { log: true });
  const documents = new DesignDocuments();
  const training = new TrainingService((request, listen) =>
    startTrainer(request, listen, { log: (text) => log.debug(text.trimEnd()) }),
  );
  const engine = new NativeEngineService(context.globalStorageUri, log);
  const clipboard = new DesignClipboard(context.globalStorageUri, log);
  const editor = new DesignEditor(context.extensionUri, documents, {
    training,
    clipboard,
    samples: new SampleService(),
    log,
    recentTypes: new RecentTypes(context.globalState),
  });
  const showCanvas = (uri: vscode.Uri): Promise<void> => openCanvas(editor, uri);
  const { extensionUri } = context;
  const runs = new RunStore(training, log);
  const runsView = new RunsView(runs);
  const shared = { documents, training, engine, editor, log, runs, runsView };
  const services = { ...shared, extensionUri, showCanvas };
  context.subscriptions.push(
    log,
    training,
    runs,
    runsView,
    new RunDesigns().register(),
    editor.register(),
    new Problems(documents),
    new ProblemFixes(documents).register(),
    new TrainingStatusBar(training),
    new ResumeOffers(services, context.workspaceState),
    keepTrainingContext(training),
    followRenames(training),
    reportTraining({
      ...services,
      isCanvasVisible: (uri) => editor.viewOf(uri)?.isVisible ?? false,
    }),
    ...registerCommands(services),
  );
}

const registerCommands = (services: CommandServices): readonly vscode.Disposable[] =>
  Object.entries(commandHandlers(services)).map(([id, handler]) =>
    vscode.commands.registerCommand(id, handler),
  );
