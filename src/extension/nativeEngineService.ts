import * as vscode from "vscode";
import { defaultNativeDirectory } from "../native/cacheDirectory.ts";
import { installNativeEngine } from "../native/install.ts";
import { findNativeEngine } from "../native/locate.ts";
import type { NativeEngine } from "../native/nativeEngine.ts";
import type { EngineChoice } from "../protocol/trainer.ts";
import { engineSetting } from "./engineSetting.ts";
import { installWithProgress } from "./installWithProgress.ts";
import { WebgpuService } from "./webgpuService.ts";

/** Finds the native engine, and installs it where it is missing and a person wants it. */
export class NativeEngineService {
  readonly #ownDirectory: string;
  readonly #log: vscode.LogOutputChannel;
  /** The other engine that can be installed. */
  readonly webgpu: WebgpuService;
  #installation: Promise<NativeEngine | undefined> | undefined;
  #trainsWithWasm = false;

  constructor(globalStorage: vscode.Uri, log: vscode.LogOutputChannel) {
    this.#ownDirectory = vscode.Uri.joinPath(globalStorage, "native").fsPath;
    this.#log = log;
    this.webgpu = new WebgpuService(this.directories, log);
  }

  /** Where an engine may be, best first: installed by this extension, or by `npm run native`. */
  get directories(): readonly string[] {
    return [this.#ownDirectory, defaultNativeDirectory()];
  }

  get isInstalled(): boolean {
    return findNativeEngine(this.directories) !== undefined;
  }

  /**
   * The engine to train with, by the setting; where the native one is missing, asks once whether to train with WASM or to
   * install it, and waits. Undefined where the person turned away.
   */
  async choose(): Promise<EngineChoice | undefined> {
    const wanted = engineSetting();
    if (wanted === "webgpu") {
      return this.webgpu.isInstalled || (await this.webgpu.offer()) ? wanted : undefined;
    }
    if (wanted === "wasm" || this.isInstalled) {
      return wanted;
    }
    if (wanted === "auto" && this.#trainsWithWasm) {
      return "wasm";
    }
    return this.#offer(wanted);
  }

  /** Installs the engine with progress and cancel; undefined where that failed or was cancelled, which is said. */
  install(): Promise<NativeEngine | undefined> {
    this.#installation ??= this.#installOnce().finally(() => {
      this.#installation = undefined;
    });
    return this.#installation;
  }

  /** The command: says what it found or did. */
  async installAndSay(): Promise<void> {
    const present = findNativeEngine(this.directories);
    const engine = present ?? (await this.install());
    if (engine !== undefined) {
      const { tensorflowVersion } = engine;
      void vscode.window.showInformationMessage(
        present === undefined
          ? vscode.l10n.t("The native engine is installed: TensorFlow {0}.", tensorflowVersion)
          : vscode.l10n.t("The native engine is there already: TensorFlow {0}.", tensorflowVersion),
      );
    }
  }

  async #offer(wanted: "auto" | "tfjs-node"): Promise<EngineChoice | undefined> {
    const train = vscode.l10n.t("Train With WASM");
    const install = vscode.l10n.t("Install Native Engine");
    this.#log.info(`No native engine in ${this.directories.join(" or ")}`);
    const answer =
      wanted === "auto"
        ? await vscode.window.showInformationMessage(
            vscode.l10n.t(
              "The native engine (TensorFlow, about 300 MB) is not installed. WASM trains without it, at about half the speed.",
            ),
            train,
            install,
          )
        : await vscode.window.showErrorMessage(
            vscode.l10n.t(
              "The setting cnnArchitect.engine asks for the native engine (TensorFlow, about 300 MB), which is not installed.",
            ),
            install,
          );
    if (answer === train) {
      this.#trainsWithWasm = true;
      return "wasm";
    }
    return answer === install && (await this.install()) !== undefined ? wanted : undefined;
  }

  #installOnce(): Promise<NativeEngine | undefined> {
    return installWithProgress({
      title: vscode.l10n.t("Installing the native engine"),
      failed: vscode.l10n.t("The native engine could not be installed. The log says why."),
      log: this.#log,
      install: (hands) => installNativeEngine({ directory: this.#ownDirectory, ...hands }),
      tryAgain: () => this.installAndSay(),
    });
  }
}
