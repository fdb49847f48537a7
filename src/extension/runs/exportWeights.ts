import fs from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { runFiles } from "../../protocol/run.ts";
import type { Run } from "./run.ts";
import { fileName } from "./runFolderName.ts";

/** The best checkpoint of a run, else the last; undefined where it was never saved. */
export async function bestCheckpoint(directory: string): Promise<string | undefined> {
  for (const name of [runFiles.best, runFiles.last]) {
    const file = path.join(directory, name);
    const isThere = await fs.stat(file).then(
      (stat) => stat.isFile(),
      () => false,
    );
    if (isThere) {
      return file;
    }
  }
  return undefined;
}

/** Copies the best weights of a run to where a person wants them. */
export async function exportWeights(run: Run): Promise<void> {
  const checkpoint = await bestCheckpoint(run.directory);
  if (checkpoint === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "{0} has no weights yet: they are kept at the end of every epoch, and where it is stopped.",
        run.name,
      ),
    );
    return;
  }
  // Runs lie in <folder>/.cnn-architect/runs.
  const folder = vscode.Uri.file(path.resolve(run.directory, "../../.."));
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, `${fileName(run.name)}.safetensors`),
    filters: { safetensors: ["safetensors"] },
    title: vscode.l10n.t("Export Weights"),
  });
  if (target !== undefined) {
    await vscode.workspace.fs.copy(vscode.Uri.file(checkpoint), target, { overwrite: true });
    void vscode.window.showInformationMessage(
      vscode.l10n.t("The weights of {0} are in {1}.", run.name, target.fsPath),
    );
  }
}
