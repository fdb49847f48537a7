import { unwatchFile, watchFile } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { TrainingService } from "../training/trainingService.ts";
import { readRuns } from "./readRun.ts";
import type { Run } from "./run.ts";
import { runDesignUri } from "./runDesigns.ts";
import { runFolderName } from "./runFolderName.ts";
import { freePath, makeRunsRoot, runsRoot } from "./runsRoot.ts";

/** Milliseconds for which changes are gathered; a run writes several files at the end of an epoch. */
const pause = 200;

/** Milliseconds between two looks at a run that changes unheard. */
const pauseOfUnsettled = 3_000;

/** Milliseconds between two looks at which folders of runs there are. */
const pauseOfRoots = 1_000;

/** Milliseconds within which whoever copies a run may still write what it lacks. */
const timeOfCopies = 60_000;

/** The runs of the workspace and of designs that were trained from outside of it. */
export class RunStore implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #otherFolders = new Set<string>();
  readonly #designs = new Map<string, vscode.Uri>();
  readonly #subscriptions: vscode.Disposable[] = [];
  #watchers: readonly vscode.Disposable[] = [];
  #timer: NodeJS.Timeout | undefined;
  #refreshAt = 0;

  constructor(training: TrainingService, log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#subscriptions.push(
      this.#changed,
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#watch()),
      training.onDidChange(({ isNewRun, status }) => {
        if (isNewRun || status === "ended") {
          this.#refreshSoon();
        }
      }),
    );
    this.#watch();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    vscode.Disposable.from(...this.#watchers, ...this.#subscriptions).dispose();
  }

  /** Every run, the newest first. */
  async list(): Promise<readonly Run[]> {
    const found = await Promise.all(this.#folders.map((folder) => readRuns(runsRoot(folder))));
    const runs = found.flat().toSorted((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
    if (runs.some((run) => this.#isUnsettled(run))) {
      this.#refreshIn(pauseOfUnsettled);
    }
    return runs;
  }

  /** Nobody hears of it when a process that another one has started is killed, or when a copy is complete. */
  #isUnsettled({ state, startedAt, directory }: Run): boolean {
    return state === "broken"
      ? Date.now() - startedAt.getTime() < timeOfCopies
      : state === "running" && !this.#designs.has(directory);
  }

  /** The design that a run trained: that of this window, else the file that its record names, where it is there. */
  async designOf({ directory, record }: Run): Promise<vscode.Uri | undefined> {
    const known = this.#designs.get(directory);
    if (known !== undefined || record?.designFile === undefined) {
      return known;
    }
    const file = path.resolve(directory, record.designFile);
    return (await isThere(file)) ? vscode.Uri.file(file) : undefined;
  }

  /** The newest run of a design that is wanted; of the design of a run that run itself. */
  async newestOf(design: vscode.Uri, isWanted: (run: Run) => boolean): Promise<Run | undefined> {
    for (const run of await this.list()) {
      const isOf = async (): Promise<boolean> =>
        design.toString() === runDesignUri(run).toString() ||
        design.toString() === (await this.designOf(run))?.toString();
      if (isWanted(run) && (await isOf())) {
        return run;
      }
    }
    return undefined;
  }

  /** A path for a new run of a design; undefined where none is kept, which is said where the disk is to blame. */
  async newDirectory(design: vscode.Uri, name: string): Promise<string | undefined> {
    if (design.scheme !== "file") {
      return undefined;
    }
    const folder =
      vscode.workspace.getWorkspaceFolder(design)?.uri.fsPath ?? path.dirname(design.fsPath);
    try {
      const root = await makeRunsRoot(folder);
      const directory = await freePath(path.join(root, runFolderName(new Date(), name)));
      this.#designs.set(directory, design);
      this.#add(folder);
      return directory;
    } catch (error) {
      this.#log.error(`No run can be kept in ${folder}:`, error);
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          "This training is not kept as a run, because {0} cannot be written to.",
          runsRoot(folder),
        ),
      );
      return undefined;
    }
  }

  /** Reads all anew, for whoever shows them. */
  refresh(): void {
    this.#changed.fire();
  }

  get #folders(): readonly string[] {
    const inWorkspace = (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === "file")
      .map(({ uri }) => uri.fsPath);
    return [...new Set([...inWorkspace, ...this.#otherFolders])];
  }

  #add(folder: string): void {
    if (!this.#folders.includes(folder)) {
      this.#otherFolders.add(folder);
      this.#watch();
    }
  }

  #watch(): void {
    vscode.Disposable.from(...this.#watchers).dispose();
    this.#watchers = this.#folders.flatMap((folder) => {
      // Of a folder that is deleted VS Code tells no more than that, so that the folders count as well.
      const pattern = new vscode.RelativePattern(
        vscode.Uri.file(folder),
        ".cnn-architect{,/runs,/runs/*,/runs/*/run.json}",
      );
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const refresh = (): void => this.#refreshSoon();
      // VS Code's watcher on Linux is blind in a folder that was made together with the one around it, as the first
      // run of a workspace makes them, and everywhere on a drive of the network.
      const root = runsRoot(folder);
      watchFile(root, { interval: pauseOfRoots, persistent: false }, refresh);
      return [
        new vscode.Disposable(() => unwatchFile(root, refresh)),
        watcher,
        watcher.onDidCreate(refresh),
        watcher.onDidChange(refresh),
        watcher.onDidDelete(refresh),
      ];
    });
    this.#refreshSoon();
  }

  #refreshSoon(): void {
    this.#refreshIn(pause);
  }

  /** The sooner of this and what is planned. */
  #refreshIn(milliseconds: number): void {
    const at = Date.now() + milliseconds;
    if (this.#timer !== undefined && this.#refreshAt <= at) {
      return;
    }
    clearTimeout(this.#timer);
    this.#refreshAt = at;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.refresh();
    }, milliseconds);
  }
}

const isThere = (file: string): Promise<boolean> =>
  fs.stat(file).then(
    () => true,
    () => false,
  );
