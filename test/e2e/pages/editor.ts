import fs from "node:fs";
import path from "node:path";
import {
  openWorkbench,
  type Workbench,
  type WorkbenchOptions,
} from "../../../tools/vscode-host/workbench.ts";
import { until } from "../../../tools/vscode-host/until.ts";
import { Canvas } from "./canvas.ts";
import { DesignFile } from "./designFile.ts";
import { Notifications } from "./notifications.ts";
import { TrainingPanel } from "./trainingPanel.ts";

/** Root of the clone, which is the folder of the extension under development. */
export const root = path.resolve(import.meta.dirname, "../../..");

/** The text of a design among the examples. */
export const example = (name: string): string =>
  fs.readFileSync(path.join(root, "examples", name), "utf8");

/** VS Code with the extension and a workspace of designs, by its parts. */
export class Editor {
  readonly workbench: Workbench;
  readonly canvas: Canvas;
  readonly training: TrainingPanel;
  readonly notifications: Notifications;

  constructor(workbench: Workbench) {
    this.workbench = workbench;
    workbench.page.setDefaultTimeout(30_000);
    this.canvas = new Canvas(workbench);
    this.training = new TrainingPanel(this.canvas);
    this.notifications = new Notifications(workbench);
  }

  file(name: string): DesignFile {
    return new DesignFile(this.workbench, name);
  }

  /** Opens a file from the explorer and waits until its canvas is drawn. */
  async open(name: string): Promise<DesignFile> {
    const file = this.file(name);
    await file.openFromExplorer();
    await this.canvas.totalParameters.waitFor();
    return file;
  }

  /** The canvas of the n-th webview, where several are open. */
  canvasAt(index: number): Canvas {
    return new Canvas(
      this.workbench,
      this.workbench.page.locator("iframe.webview.ready").nth(index),
    );
  }

  /** The canvas in front, where others are open behind it. */
  visibleCanvas(): Canvas {
    return new Canvas(this.workbench, this.workbench.page.locator("iframe.webview.ready:visible"));
  }

  canvasCount(): Promise<number> {
    return this.workbench.page.locator("iframe.webview.ready").count();
  }

  /** Runs VS Code's own commands. */
  async inHost(...commands: readonly string[]): Promise<void> {
    await this.workbench.inHost(async (vscode, ids) => {
      for (const id of ids) {
        await vscode.commands.executeCommand(id);
      }
    }, commands);
  }

  /** Closes every tab without saving. */
  async closeAll(): Promise<void> {
    await this.workbench.inHost(async (vscode) => {
      await vscode.commands.executeCommand("workbench.action.files.revert");
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    });
    await until(async () => (await this.canvasCount()) === 0, "every canvas is closed");
  }

  /** The text on the clipboard. */
  clipboard(): Promise<string> {
    return this.workbench.inHost(async (vscode) => vscode.env.clipboard.readText());
  }

  /** Puts a text on the clipboard, as copying in another program does. */
  async writeClipboard(text: string): Promise<void> {
    await this.workbench.inHost(async (vscode, words) => {
      await vscode.env.clipboard.writeText(words);
    }, text);
  }

  /** What the status bar says. */
  async statusBar(): Promise<string> {
    return this.workbench.page.locator(".statusbar").innerText();
  }

  stop(): Promise<void> {
    return this.workbench.stop();
  }

  /** Takes back the last step as a person does; the focus is on the canvas. */
  async undo(): Promise<void> {
    await this.canvas.pane.focus();
    await this.workbench.page.keyboard.press("Control+z");
  }
}

/** A window with room for a whole LeNet-5, in the same colours on every machine. */
export const largeWindow: Partial<WorkbenchOptions> = {
  size: { width: 1600, height: 1000 },
  settings: { "window.autoDetectColorScheme": false },
};

/** Opens VS Code on these files. */
export async function openEditor(
  files: WorkbenchOptions["files"],
  options: Partial<WorkbenchOptions> = {},
): Promise<Editor> {
  return new Editor(await openWorkbench({ extension: { folder: root }, files, ...options }));
}
