import * as vscode from "vscode";

interface DatasetItem extends vscode.QuickPickItem {
  readonly dataset: string;
}

const items = (): readonly DatasetItem[] => [
  {
    dataset: "mnist",
    label: "MNIST",
    description: vscode.l10n.t("28 × 28 × 1, 10 classes"),
    detail: vscode.l10n.t("Handwritten digits: 60,000 images to train on and 10,000 to test with."),
  },
  {
    dataset: "synthetic",
    label: vscode.l10n.t("Synthetic"),
    description: vscode.l10n.t("Any size, any number of classes"),
    detail: vscode.l10n.t("Shapes drawn on the spot in the size that the design takes."),
  },
];

/** Asks what to train on; undefined where the person turned away. */
export async function askForDataset(): Promise<string | undefined> {
  const answer = await vscode.window.showQuickPick(items(), {
    title: vscode.l10n.t("Train: Choose a Data Set"),
    placeHolder: vscode.l10n.t(
      "The design names no data set. The one you choose is written into it.",
    ),
  });
  return answer?.dataset;
}
