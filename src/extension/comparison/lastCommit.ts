import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import type { OtherText } from "./otherText.ts";

/** What is used of the API of VS Code's own Git extension, version 1. */
interface GitExtension {
  getAPI(version: 1): GitApi;
}

interface GitApi {
  getRepository(uri: vscode.Uri): GitRepository | null;
}

interface GitRepository {
  readonly state: { readonly onDidChange: vscode.Event<void> };
  show(ref: string, path: string): Promise<string>;
}

async function repositoryOf(uri: vscode.Uri): Promise<GitRepository | undefined> {
  try {
    const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
    const git = await extension?.activate();
    return git?.getAPI(1).getRepository(uri) ?? undefined;
  } catch {
    // The extension is switched off, or finds no Git.
    return undefined;
  }
}

const run = promisify(execFile);

async function showWithGit(file: string): Promise<string> {
  const { stdout } = await run("git", ["show", `HEAD:./${path.basename(file)}`], {
    cwd: path.dirname(file),
    maxBuffer: 64 * 1024 * 1024,
    timeout: 10_000,
    windowsHide: true,
  });
  return stdout;
}

/** The file in the last commit: from VS Code's Git, or from Git itself where that extension is missing. */
export async function lastCommit(uri: vscode.Uri, title: string): Promise<OtherText> {
  const repository = await repositoryOf(uri);
  return {
    title,
    read: async () => {
      try {
        if (repository !== undefined) {
          return await repository.show("HEAD", uri.fsPath);
        }
      } catch {
        // Asked again below, where the reason is clearer.
      }
      return showWithGit(uri.fsPath);
    },
    onDidChange: (listener) =>
      repository?.state.onDidChange(listener) ?? new vscode.Disposable(() => undefined),
  };
}
