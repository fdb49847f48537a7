import * as vscode from "vscode";
import type { TrainingService } from "./trainingService.ts";

/** Keeps the context keys by which menus show Train or Stop for the design in front. */
export function keepTrainingContext(training: TrainingService): vscode.Disposable {
  const update = (): void => {
    // A menu asks `resourcePath in list` about its own editor. Not the whole address, because a remote window and its
    // extension host call the same file by two schemes; and both forms of the path, because Windows has two.
    const paths = training.underWay.flatMap(({ uri }) => [uri.path, uri.fsPath]);
    void vscode.commands.executeCommand("setContext", "cnnArchitect.trainingDesigns", paths);
    const isTraining = paths.length > 0;
    void vscode.commands.executeCommand("setContext", "cnnArchitect.isTraining", isTraining);
  };
  return training.onDidChange(({ isNewRun, status }) => {
    if (isNewRun || status === "ended") {
      update();
    }
  });
}
