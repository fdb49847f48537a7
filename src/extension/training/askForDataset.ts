import path from "node:path";
import * as vscode from "vscode";
import { type DatasetType, datasets } from "../../core/design/datasetOptions.ts";
import type { TypedDefinition } from "../../core/design/recipeOptions.ts";
import type { JsonValue } from "../../core/layers/option.ts";

interface DatasetItem extends vscode.QuickPickItem {
  readonly dataset: DatasetType;
}

const definitions: readonly (readonly [string, TypedDefinition])[] = Object.entries(datasets);

/** True where a data set lies on the disk of its owner, who has to say where. */
const needsPath = ({ options }: TypedDefinition): boolean =>
  options["path"] !== undefined && options["path"].default === undefined;

const items = (): readonly DatasetItem[] =>
  definitions.map(([type, definition]) => ({
    // The entries come from the table by these types.
    dataset: type as DatasetType,
    label: needsPath(definition)
      ? vscode.l10n.t("{0}...", vscode.l10n.t(definition.title))
      : vscode.l10n.t(definition.title),
    detail: vscode.l10n.t(definition.summary),
  }));

/** Asks what to train on, as it is written into a design that lies in `directory`; undefined where the person turned away. */
export async function askForDataset(
  placeHolder: string,
  directory: vscode.Uri | undefined,
): Promise<JsonValue | undefined> {
  const answer = await vscode.window.showQuickPick(items(), {
    title: vscode.l10n.t("Choose a Data Set"),
    placeHolder,
    matchOnDetail: true,
  });
  if (answer === undefined || !needsPath(datasets[answer.dataset])) {
    return answer?.dataset;
  }
  const place = await askForPlace(answer.dataset, directory);
  return place && { type: answer.dataset, path: writtenPath(place, directory) };
}

/** Kinds that are one file; the others are folders. */
const files: Readonly<Partial<Record<DatasetType, readonly string[]>>> = {
  csv: ["csv", "tsv", "txt"],
  numpy: ["npz"],
};

async function askForPlace(
  type: DatasetType,
  directory: vscode.Uri | undefined,
): Promise<vscode.Uri | undefined> {
  const extensions = files[type];
  const defaultUri = directory ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const [place] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("Choose a Data Set"),
      openLabel: vscode.l10n.t("Choose"),
      canSelectFiles: extensions !== undefined,
      canSelectFolders: extensions === undefined,
      ...(extensions !== undefined && {
        filters: { [vscode.l10n.t(datasets[type].title)]: [...extensions] },
      }),
      ...(defaultUri !== undefined && { defaultUri }),
    })) ?? [];
  return place;
}

/** From the folder of the design where the data lies near it, so that both can be moved together. */
function writtenPath({ fsPath }: vscode.Uri, directory: vscode.Uri | undefined): string {
  const relative =
    directory === undefined
      ? fsPath
      : path.relative(directory.fsPath, fsPath).replaceAll("\\", "/");
  const isFar = path.isAbsolute(relative) || relative.startsWith("../../..");
  if (isFar) {
    return fsPath;
  }
  return relative.startsWith(".") ? relative : `./${relative}`;
}
