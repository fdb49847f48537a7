import * as vscode from "vscode";
import type { DesignEditor } from "../designEditor.ts";
import { isDesign } from "../designUri.ts";
import { runDesignUri } from "../runs/runDesigns.ts";
import type { RunStore } from "../runs/runStore.ts";
import { runDescription } from "../runs/runWords.ts";
import { lastCommit } from "./lastCommit.ts";
import { fileText, savedText, type OtherText } from "./otherText.ts";

/** What a comparison is begun with. */
export interface CompareServices {
  readonly editor: DesignEditor;
  readonly runs: RunStore;
  readonly log: vscode.LogOutputChannel;
  readonly showCanvas: (uri: vscode.Uri) => Promise<void>;
}

interface OtherItem extends vscode.QuickPickItem {
  readonly find?: () => Promise<OtherText | undefined>;
}

/** The command: asks for the other design and shows both on the canvas of this one. */
export async function compareWith(uri: vscode.Uri, services: CompareServices): Promise<void> {
  const answer = await vscode.window.showQuickPick(itemsFor(uri, services.runs), {
    title: vscode.l10n.t("Compare With"),
    placeHolder: vscode.l10n.t("What {0} is compared with", vscode.workspace.asRelativePath(uri)),
    matchOnDescription: true,
    // A canvas that is still being drawn may take the focus for a moment.
    ignoreFocusOut: true,
  });
  const other = await answer?.find?.();
  if (other === undefined) {
    return;
  }
  await services.showCanvas(uri);
  try {
    await services.editor.viewOf(uri)?.compareWith(other);
  } catch (error) {
    services.log.error("The other design cannot be read:", error);
    const reason = error instanceof Error ? firstLine(error.message) : String(error);
    void vscode.window.showErrorMessage(
      vscode.l10n.t(
        "{0} cannot be read, so there is nothing to compare with: {1}",
        other.title,
        reason,
      ),
    );
  }
}

const firstLine = (text: string): string => text.trim().split("\n").at(-1) ?? text;

async function itemsFor(uri: vscode.Uri, runs: RunStore): Promise<readonly OtherItem[]> {
  const isFile = uri.scheme === "file";
  const document = vscode.workspace.textDocuments.find(
    (open) => open.uri.toString() === uri.toString(),
  );
  const head = vscode.l10n.t("Last Commit (HEAD)");
  const saved = vscode.l10n.t("Saved Version");
  return [
    ...(isFile ? [{ label: `$(git-commit) ${head}`, find: () => lastCommit(uri, head) }] : []),
    ...(isFile && document?.isDirty === true
      ? [
          {
            label: `$(save) ${saved}`,
            description: vscode.l10n.t("what is on disk, without what is not saved"),
            find: () => Promise.resolve(savedText(uri, saved)),
          },
        ]
      : []),
    {
      label: `$(folder-opened) ${vscode.l10n.t("Other File...")}`,
      find: pickFile,
    },
    ...(await workspaceItems(uri)),
    ...(await runItems(runs)),
  ];
}

async function pickFile(): Promise<OtherText | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("Compare With"),
      filters: { "CNN Architect": ["cnn.json", "json"] },
    })) ?? [];
  return uri && fileText(uri, vscode.workspace.asRelativePath(uri));
}

const separator = (label: string): OtherItem => ({
  label,
  kind: vscode.QuickPickItemKind.Separator,
});

/** More designs than anybody reads in a list. */
const MOST_FILES = 200;

async function workspaceItems(uri: vscode.Uri): Promise<readonly OtherItem[]> {
  const found = await vscode.workspace.findFiles("**/*.cnn.json", "**/node_modules/**", MOST_FILES);
  const others = found.filter((each) => isDesign(each) && each.toString() !== uri.toString());
  const items = others
    .map((each) => ({ label: vscode.workspace.asRelativePath(each), uri: each }))
    .toSorted((a, b) => a.label.localeCompare(b.label))
    .map(({ label, uri: file }) => ({
      label,
      find: () => Promise.resolve(fileText(file, label)),
    }));
  return items.length === 0 ? [] : [separator(vscode.l10n.t("Workspace")), ...items];
}

async function runItems(store: RunStore): Promise<readonly OtherItem[]> {
  const runs = (await store.list()).filter(({ state }) => state !== "broken");
  const items = runs.map((run) => ({
    label: `$(beaker) ${run.name}`,
    description: runDescription(run),
    find: () => Promise.resolve(fileText(runDesignUri(run), run.name)),
  }));
  return items.length === 0 ? [] : [separator(vscode.l10n.t("Runs")), ...items];
}
