import path from "node:path";
import * as vscode from "vscode";
import { formatNumber } from "../../core/design/words.ts";
import type { InspectProgress } from "../../protocol/datasetReport.ts";
import {
  inspectDataset as readDataset,
  type InspectionResult,
} from "../../trainer/clientInspect.ts";
import type { DesignEditor } from "../designEditor.ts";
import { isTrusted } from "./isTrusted.ts";

/** What looking through a data set works with. */
export interface InspectDatasetServices {
  readonly editor: DesignEditor;
  readonly log: vscode.LogOutputChannel;
  readonly showCanvas: (uri: vscode.Uri) => Promise<void>;
}

/** The command: looks through the data set of a design and shows on its canvas what is in it. */
export async function inspectDataset(
  uri: vscode.Uri,
  { editor, log, showCanvas }: InspectDatasetServices,
): Promise<void> {
  const isAllowed = await isTrusted(
    vscode.l10n.t(
      "Data sets are not read in Restricted Mode. Trust this workspace to look at them.",
    ),
  );
  if (!isAllowed) {
    return;
  }
  const result = await inspectWithProgress(await vscode.workspace.openTextDocument(uri));
  switch (result.type) {
    case "cancelled":
      return;
    case "failed":
      await sayWhyNot(uri, result);
      return;
    case "datasetReport":
      break;
  }
  log.info(
    `${uri.path}: ${result.broken.count} broken images, ${result.duplicates.images} repeated.`,
  );
  await showCanvas(uri);
  editor.viewOf(uri)?.showDataset(result);
}

function inspectWithProgress(document: vscode.TextDocument): Thenable<InspectionResult> {
  const { uri } = document;
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t("Inspecting the data set"),
      cancellable: true,
    },
    (progress, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort());
      return readDataset(
        {
          text: document.getText(),
          ...(uri.scheme === "file" && { directory: path.dirname(uri.fsPath) }),
        },
        {
          signal: cancel.signal,
          report: (step) => progress.report({ message: stepWords(step) }),
        },
      );
    },
  );
}

function stepWords({ step, done, total }: InspectProgress): string {
  const counts = [done, total].map(formatNumber);
  switch (step) {
    case "reading":
      return total === 0
        ? vscode.l10n.t("reading, {0} so far", formatNumber(done))
        : vscode.l10n.t("reading, {0} of {1}", ...counts);
    case "comparing":
      return vscode.l10n.t("comparing, {0} of {1}", ...counts);
    case "measuring":
      return vscode.l10n.t("measuring mean and deviation");
  }
}

async function sayWhyNot(
  uri: vscode.Uri,
  { message, hint }: Extract<InspectionResult, { readonly type: "failed" }>,
): Promise<void> {
  const choose = vscode.l10n.t("Choose Data Set...");
  const words = [message, hint].filter((each) => each !== undefined).join(" ");
  if ((await vscode.window.showErrorMessage(words, choose)) === choose) {
    await vscode.commands.executeCommand("cnnArchitect.chooseDataset", uri);
  }
}
