import fs from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { runFiles } from "../../protocol/run.ts";
import type { Run } from "./run.ts";
import { fileName } from "./runFolderName.ts";

const scheme = "cnn-architect-run";

/** Address of the read-only copy of the design that a run trained. */
export const runDesignUri = ({ directory, name }: Run): vscode.Uri =>
  vscode.Uri.from({ scheme, path: `/${fileName(name)}.cnn.json`, query: directory });

/** The designs of runs as files that can be opened and not changed. */
export class RunDesigns implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  /** Registers the file system with VS Code. */
  register(): vscode.Disposable {
    const options = { isReadonly: true, isCaseSensitive: true };
    return vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerFileSystemProvider(scheme, this, options),
    );
  }

  watch(): vscode.Disposable {
    // The design of a run never changes.
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { size, ctimeMs, mtimeMs } = await existing(uri, fs.stat(fileOf(uri)));
    const permissions = vscode.FilePermission.Readonly;
    return { type: vscode.FileType.File, size, ctime: ctimeMs, mtime: mtimeMs, permissions };
  }

  readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return existing(uri, fs.readFile(fileOf(uri)));
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}

const fileOf = ({ query }: vscode.Uri): string => path.join(query, runFiles.design);

async function existing<Value>(uri: vscode.Uri, value: Promise<Value>): Promise<Value> {
  try {
    return await value;
  } catch {
    throw vscode.FileSystemError.FileNotFound(uri);
  }
}
