import * as vscode from "vscode";
import { parseDesign } from "../../core/design/parse.ts";
import { zoo } from "../../core/zoo/zoo.ts";
import type { ZooNetwork } from "../../core/zoo/zooNetwork.ts";
import { zooText } from "../../core/zoo/zooText.ts";
import type { DesignEditor } from "../designEditor.ts";
import { openUnsaved } from "./newDesign.ts";

interface DesignItem extends vscode.QuickPickItem {
  /** Name of the unsaved file, without its ending. */
  readonly fileName: string;
  readonly text: () => string;
}

type Item = DesignItem | (vscode.QuickPickItem & { readonly text?: never });

const separator = (label: string): Item => ({
  label,
  kind: vscode.QuickPickItemKind.Separator,
});

/** The designs that the extension carries as files. */
async function exampleItems(folder: vscode.Uri): Promise<readonly DesignItem[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const names = entries.map(([name]) => name).filter((name) => name.endsWith(".cnn.json"));
  return Promise.all(
    names.toSorted().map(async (name) => {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name));
      const text = new TextDecoder().decode(bytes);
      return {
        label: parseDesign(text).design.name,
        description: name,
        fileName: name.replace(/\.cnn\.json$/, ""),
        text: () => text,
      };
    }),
  );
}

function networkItem(network: ZooNetwork): DesignItem {
  const { id, name, year, depth, error, summary } = network;
  const facts = [
    String(year),
    vscode.l10n.t("{0} layers", depth),
    ...(error === undefined
      ? []
      : [vscode.l10n.t("{0} % error, {1}", error.percent, vscode.l10n.t(error.measure))]),
  ];
  return {
    label: name,
    description: facts.join(" · "),
    detail: vscode.l10n.t(summary),
    fileName: id,
    text: () => zooText(network),
  };
}

/** The published networks, family by family. */
function networkItems(): readonly Item[] {
  const families = [...new Set(zoo.map(({ family }) => family))];
  return families.flatMap((family) => [
    separator(family),
    ...zoo.filter((network) => network.family === family).map(networkItem),
  ]);
}

/**
 * The command: the gallery of the canvas in front, or a list where there is no canvas.
 * Given the id of a published network, opens a copy of that; given `list`, the list.
 */
export async function openExample(
  extensionUri: vscode.Uri,
  editor: DesignEditor,
  given: unknown,
): Promise<void> {
  const network = zoo.find(({ id }) => id === given);
  if (network !== undefined) {
    await openUnsaved(network.id, zooText(network));
  } else if (given !== "list" && editor.active !== undefined) {
    editor.active.act("gallery");
  } else {
    await pickExample(extensionUri);
  }
}

async function pickExample(extensionUri: vscode.Uri): Promise<void> {
  const examples = await exampleItems(vscode.Uri.joinPath(extensionUri, "examples"));
  const items: readonly Item[] = [
    separator(vscode.l10n.t("Examples")),
    ...examples,
    ...networkItems(),
  ];
  const answer = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Open Example"),
    placeHolder: vscode.l10n.t("A copy opens on the canvas; it is yours to change and save."),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (answer?.text !== undefined) {
    await openUnsaved(answer.fileName, answer.text());
  }
}
