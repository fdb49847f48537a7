import * as vscode from "vscode";
import { findWebgpu, installWebgpu, webgpuDirectories } from "../native/webgpuPackage.ts";
import { chooseEngineSetting } from "./engineSetting.ts";
import { installWithProgress } from "./installWithProgress.ts";

/** Finds the WebGPU engine, and installs it where a person wants it. */
export class WebgpuService {
  readonly #nativeDirectories: readonly string[];
  readonly #log: vscode.LogOutputChannel;

  /** The first directory is this extension's own. */
  constructor(nativeDirectories: readonly string[], log: vscode.LogOutputChannel) {
    this.#nativeDirectories = nativeDirectories;
    this.#log = log;
  }

  get #directories(): readonly string[] {
    return webgpuDirectories(this.#nativeDirectories);
  }

  get isInstalled(): boolean {
    return findWebgpu(this.#directories) !== undefined;
  }

  /** Asks to install it; whether it is there afterwards. */
  async offer(): Promise<boolean> {
    const install = vscode.l10n.t("Install WebGPU Engine");
    const answer = await vscode.window.showErrorMessage(
      vscode.l10n.t(
        "The setting cnnArchitect.engine asks for WebGPU (about 30 MB), which is not installed.",
      ),
      install,
    );
    return answer === install && this.#install();
  }

  /** The command: says what it did, and offers to train with it. */
  async installAndSay(): Promise<void> {
    if (!this.isInstalled && !(await this.#install())) {
      return;
    }
    const use = vscode.l10n.t("Train With WebGPU");
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t("The WebGPU engine is installed. It needs a graphics adapter."),
      use,
    );
    if (answer === use) {
      await chooseEngineSetting("webgpu");
    }
  }

  async #install(): Promise<boolean> {
    const [directory = ""] = this.#directories;
    const installed = await installWithProgress({
      title: vscode.l10n.t("Installing the WebGPU engine"),
      failed: vscode.l10n.t("The WebGPU engine could not be installed. The log says why."),
      log: this.#log,
      install: (hands) => installWebgpu({ directory, ...hands }),
      tryAgain: () => this.installAndSay(),
    });
    return installed !== undefined;
  }
}
