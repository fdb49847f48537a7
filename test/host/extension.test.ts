import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";

const id = "cnn-architect.cnn-architect";

const workspaceFile = (name: string): vscode.Uri => {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, "a workspace is open");
  return vscode.Uri.joinPath(folder.uri, name);
};

const writeFile = async (name: string, text: string): Promise<vscode.Uri> => {
  const uri = workspaceFile(name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
};

async function until(condition: () => boolean, what: string): Promise<void> {
  for (const start = Date.now(); !condition(); await sleep(50)) {
    assert.ok(Date.now() - start < 15_000, `waited in vain until ${what}`);
  }
}

const activeViewType = (): string | undefined => {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom ? input.viewType : undefined;
};

const tiny = `{
  "version": 1,
  "name": "Tiny",
  "nodes": {
    "image": { "type": "input", "shape": [8, 8, 1] },
    "c1": { "type": "conv2d", "from": "image", "filters": 2, "kernelSize": KERNEL }
  }
}
`;

describe("the extension inside the extension host", () => {
  it("is there and activates", async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `${id} is installed`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it("registers every command of its manifest", async () => {
    const manifest = vscode.extensions.getExtension(id)?.packageJSON as {
      readonly contributes: { readonly commands: readonly { readonly command: string }[] };
    };
    const known = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !known.has(command));
    assert.deepEqual(missing, []);
  });

  it("opens a design in its own editor", async () => {
    const uri = await writeFile("tiny.cnn.json", tiny.replace("KERNEL", "3"));
    await vscode.commands.executeCommand("vscode.open", uri);
    await until(
      () => activeViewType() === "cnnArchitect.design",
      "the canvas is the active editor",
    );
  });

  it("names a fault of a design with its place, and takes it back when it is mended", async () => {
    const uri = await writeFile("broken.cnn.json", tiny.replace("KERNEL", "30"));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const errors = (): readonly vscode.Diagnostic[] =>
      vscode.languages
        .getDiagnostics(uri)
        .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    await until(() => errors().length > 0, "the Problems panel names the fault");
    assert.equal(errors()[0]?.range.start.line, 5);

    const edit = new vscode.WorkspaceEdit();
    const start = document.getText().indexOf("30");
    edit.replace(
      uri,
      new vscode.Range(document.positionAt(start), document.positionAt(start + 2)),
      "3",
    );
    await vscode.workspace.applyEdit(edit);
    await until(() => errors().length === 0, "the fault is gone");
  });
});
