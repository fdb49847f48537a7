import fs from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { runFiles } from "../../protocol/run.ts";
import { exportRun } from "../../trainer/clientExport.ts";
import type { Run } from "./run.ts";
import { fileName } from "./runFolderName.ts";

/** One form that a trained network can be exported in. */
interface Format extends vscode.QuickPickItem {
  /** Asks where to, and writes it there; undefined where the person turned away. */
  readonly write: (run: Run, checkpoint: string) => Promise<vscode.Uri | undefined>;
}

const formats = (): readonly Format[] => [
  {
    label: "safetensors",
    detail: vscode.l10n.t(
      "The weights by their names, which Python reads with safetensors.numpy.load_file.",
    ),
    write: exportWeights,
  },
  {
    label: "SavedModel",
    detail: vscode.l10n.t(
      "Weights and training graph, which TensorFlow loads with tf.saved_model.load, to predict and to train on.",
    ),
    write: exportSavedModel,
  },
];

/** Exports the best weights of a run in the form that a person chooses. */
export async function exportModel(run: Run): Promise<void> {
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
  const format = await vscode.window.showQuickPick(formats(), {
    title: vscode.l10n.t("Export Trained Model: Choose a Format"),
  });
  const target = await format?.write(run, checkpoint);
  if (target !== undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("The weights of {0} are in {1}.", run.name, target.fsPath),
    );
  }
}

async function exportWeights(run: Run, checkpoint: string): Promise<vscode.Uri | undefined> {
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folderOf(run), `${fileName(run.name)}.safetensors`),
    filters: { safetensors: ["safetensors"] },
    title: vscode.l10n.t("Export Trained Model"),
  });
  if (target !== undefined) {
    await vscode.workspace.fs.copy(vscode.Uri.file(checkpoint), target, { overwrite: true });
  }
  return target;
}

async function exportSavedModel(run: Run): Promise<vscode.Uri | undefined> {
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folderOf(run), `${fileName(run.name)}-saved-model`),
    title: vscode.l10n.t("Export Trained Model: Name a Folder"),
  });
  if (target === undefined) {
    return undefined;
  }
  const answer = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t("Exporting {0}", run.name),
    },
    async () => exportRun({ runDirectory: run.directory, target: target.fsPath }),
  );
  if (answer.type === "failed") {
    throw new Error([answer.message, answer.hint].filter((words) => words !== undefined).join(" "));
  }
  return target;
}

/** The best checkpoint of a run, else the last; undefined where it was never saved. */
async function bestCheckpoint(directory: string): Promise<string | undefined> {
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

/** Runs lie in <folder>/.cnn-architect/runs. */
const folderOf = ({ directory }: Run): vscode.Uri =>
  vscode.Uri.file(path.resolve(directory, "../../.."));
