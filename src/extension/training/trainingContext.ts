import * as vscode from "vscode";
import type { TrainingService } from "./trainingService.ts";

/** Keeps the context keys by which menus show Train or Stop for the design in front. */
export function keepTrainingContext(training: TrainingService): vscode.Disposable {
  const update = (): void => {
    // An array, because `resource in list` is how a menu asks about its own editor.
    const resources = training.underWay.map(({ uri }) => uri.toString());
    void vscode.commands.executeCommand("setContext", "cnnArchitect.trainingDesigns", resources);
    const isTraining = resources.length > 0;
    void vscode.commands.executeCommand("setContext", "cnnArchitect.isTraining", isTraining);
  };
  return training.onDidChange(({ isNewRun, status }) => {
    if (isNewRun || status === "ended") {
      update();
    }
  });
}
