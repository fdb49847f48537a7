import * as vscode from "vscode";
import { type EngineChoice, engineChoices } from "../protocol/trainer.ts";

/** What `cnnArchitect.engine` says; `auto` for what it cannot say. */
export function engineSetting(): EngineChoice {
  const value = vscode.workspace.getConfiguration("cnnArchitect").get<unknown>("engine");
  return engineChoices.find((choice) => choice === value) ?? "auto";
}
