import * as vscode from "vscode";

/** What is saved, in words and as a name. */
export interface SaveRequest {
  /** Design whose name and folder are proposed. */
  readonly beside: vscode.Uri;
  readonly ending: string;
  /** Name of the kind of file. */
  readonly kind: string;
  readonly title: string;
}

/** Asks where to save and writes there; the message about it opens the file. */
export async function saveAs(content: Uint8Array, request: SaveRequest): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    title: request.title,
    filters: { [request.kind]: [request.ending] },
    defaultUri: proposal(request),
  });
  if (target === undefined) {
    return;
  }
  await vscode.workspace.fs.writeFile(target, content);
  const open = vscode.l10n.t("Open");
  // Not waited for: the message may stand there for long.
  void vscode.window
    .showInformationMessage(
      vscode.l10n.t("Saved as {0}.", vscode.workspace.asRelativePath(target)),
      open,
    )
    .then((answer) =>
      answer === open ? vscode.commands.executeCommand("vscode.open", target) : undefined,
    );
}

function proposal({ beside, ending }: SaveRequest): vscode.Uri {
  const name = `${
    beside.path
      .split("/")
      .at(-1)
      ?.replace(/\.cnn\.json$/, "") ?? "design"
  }.${ending}`;
  const isOnDisk = beside.scheme === "file" || beside.scheme === "vscode-remote";
  const folder = isOnDisk
    ? vscode.Uri.joinPath(beside, "..")
    : (vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file("/"));
  return vscode.Uri.joinPath(folder, name);
}
