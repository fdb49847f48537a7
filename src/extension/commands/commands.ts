import type * as vscode from "vscode";
import type { DesignEditor } from "../designEditor.ts";
import type { NativeEngineService } from "../nativeEngineService.ts";
import { runCommandHandlers, type RunServices } from "../runs/runCommands.ts";
import { targetDesign } from "../targetDesign.ts";
import { chooseDataset } from "../training/chooseDataset.ts";
import { compareEngines } from "../training/compareEngines.ts";
import { inspectDataset } from "../training/inspectDataset.ts";
import { findLearningRate, train, type TrainServices } from "../training/trainCommand.ts";
import type { TrainingService } from "../training/trainingService.ts";
import { canvasCommands } from "./canvasCommands.ts";
import { askAndExportLayerTable } from "../exportLayerTable.ts";
import { endTraining } from "./endTraining.ts";
import { compareWith } from "../comparison/compareWith.ts";
import { exportPicture } from "./exportPicture.ts";
import { newDesign } from "./newDesign.ts";
import { openExample } from "./openExample.ts";
import { openCanvas, openText } from "./switchView.ts";

/** What the commands work with. */
export interface CommandServices extends TrainServices, RunServices {
  readonly extensionUri: vscode.Uri;
  readonly editor: DesignEditor;
  readonly engine: NativeEngineService;
  readonly training: TrainingService;
  readonly log: vscode.LogOutputChannel;
  readonly showCanvas: (uri: vscode.Uri) => Promise<void>;
}

type CommandHandler = (given?: unknown, all?: unknown) => unknown;

const forCanvas = (editor: DesignEditor): Readonly<Record<string, CommandHandler>> =>
  Object.fromEntries(
    Object.entries(canvasCommands).map(([id, action]) => [id, () => editor.active?.act(action)]),
  );

/** Every command of package.json with what it does. */
export function commandHandlers(
  services: CommandServices,
): Readonly<Record<string, CommandHandler>> {
  const { editor, engine, training, log, extensionUri } = services;
  const withTarget =
    (act: (uri: vscode.Uri) => unknown): CommandHandler =>
    (given) => {
      const uri = targetDesign(editor, given);
      return uri && act(uri);
    };
  return {
    "cnnArchitect.newDesign": newDesign,
    "cnnArchitect.openExample": (given) => openExample(extensionUri, editor, given),
    "cnnArchitect.openCanvas": withTarget((uri) => openCanvas(editor, uri)),
    "cnnArchitect.openText": withTarget(openText),
    "cnnArchitect.compareWith": withTarget((uri) => compareWith(uri, services)),
    "cnnArchitect.exportPicture": withTarget((uri) => exportPicture(editor, uri)),
    "cnnArchitect.exportLayerTable": withTarget((uri) => askAndExportLayerTable(uri)),
    "cnnArchitect.train": withTarget((uri) => train(uri, services)),
    "cnnArchitect.chooseDataset": withTarget((uri) => chooseDataset(uri, services.documents)),
    "cnnArchitect.inspectDataset": withTarget((uri) => inspectDataset(uri, services)),
    "cnnArchitect.findLearningRate": withTarget((uri) => findLearningRate(uri, services)),
    "cnnArchitect.compareEngines": withTarget((uri) => compareEngines(uri, services)),
    "cnnArchitect.stopTraining": (given) =>
      endTraining("stop", given, training, editor.active?.document.uri),
    "cnnArchitect.pauseTraining": (given) =>
      endTraining("pause", given, training, editor.active?.document.uri),
    "cnnArchitect.installNativeEngine": () => engine.installAndSay(),
    "cnnArchitect.installWebgpuEngine": () => engine.webgpu.installAndSay(),
    "cnnArchitect.showLog": () => log.show(),
    ...forCanvas(editor),
    ...runCommandHandlers(services),
  };
}
