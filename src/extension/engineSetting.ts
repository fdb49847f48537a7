import * as vscode from "vscode";
import { type EngineChoice, engineChoices } from "../protocol/trainer.ts";

/** What `cnnArchitect.engine` says; `auto` for what it cannot say. */
export function engineSetting(): EngineChoice {
  const value = vscode.workspace.getConfiguration("cnnArchitect").get<unknown>("engine");
  return engineChoices.find((choice) => choice === value) ?? "auto";
}

/** Writes `cnnArchitect.engine` where it counts: into the workspace where that says something, else for the user. */
export async function chooseEngineSetting(choice: EngineChoice): Promise<void> {
  const configuration = vscode.workspace.getConfiguration("cnnArchitect");
  const isOfWorkspace = configuration.inspect("engine")?.workspaceValue !== undefined;
  await configuration.update(
    "engine",
    choice,
    isOfWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
}
