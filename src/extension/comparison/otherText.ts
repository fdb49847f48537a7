import * as vscode from "vscode";

/** A text to compare a design with, as it stands at any moment. */
export interface OtherText {
  /** As it stands above the comparison. */
  readonly title: string;
  read(): Promise<string>;
  /** Calls back when `read` may give another text. */
  onDidChange(listener: () => void): vscode.Disposable;
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const isSame = (one: vscode.Uri, other: vscode.Uri): boolean => one.toString() === other.toString();

function watchFile(uri: vscode.Uri, listener: () => void): vscode.Disposable {
  const folder = vscode.Uri.joinPath(uri, "..");
  const name = uri.path.split("/").at(-1) ?? "";
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(folder, name.replaceAll(/[[\]{}*?]/g, "?")),
  );
  watcher.onDidChange(listener);
  watcher.onDidCreate(listener);
  return watcher;
}

/** A file as it is open in an editor, saved or not, else as it is on disk. */
export function fileText(uri: vscode.Uri, title: string): OtherText {
  const open = (): vscode.TextDocument | undefined =>
    vscode.workspace.textDocuments.find((document) => isSame(document.uri, uri));
  return {
    title,
    read: async () => open()?.getText() ?? decode(await vscode.workspace.fs.readFile(uri)),
    onDidChange: (listener) =>
      vscode.Disposable.from(
        watchFile(uri, listener),
        vscode.workspace.onDidChangeTextDocument(({ document }) => {
          if (isSame(document.uri, uri)) {
            listener();
          }
        }),
        vscode.workspace.onDidCloseTextDocument(({ uri: closed }) => {
          if (isSame(closed, uri)) {
            listener();
          }
        }),
      ),
  };
}

/** The file as it was saved, whatever is typed. */
export function savedText(uri: vscode.Uri, title: string): OtherText {
  return {
    title,
    read: async () => decode(await vscode.workspace.fs.readFile(uri)),
    onDidChange: (listener) =>
      vscode.Disposable.from(
        watchFile(uri, listener),
        vscode.workspace.onDidSaveTextDocument((document) => {
          if (isSame(document.uri, uri)) {
            listener();
          }
        }),
      ),
  };
}
