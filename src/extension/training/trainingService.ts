import * as vscode from "vscode";
import type { TrainerEvent } from "../../protocol/trainer.ts";
import type { TrainingState } from "../../protocol/webview.ts";
import type { StartTrainer, StartRequest, Trainer } from "./trainer.ts";
import { TrainingHistory } from "./trainingHistory.ts";

/** One step in the life of a training, for whoever shows it. */
export interface TrainingChange {
  readonly uri: vscode.Uri;
  readonly status: TrainingState["status"];
  readonly events: readonly TrainerEvent[];
  readonly isNewRun: boolean;
}

/** A training of one design, under way or ended. */
export interface TrainingRun {
  readonly uri: vscode.Uri;
  readonly history: TrainingHistory;
  readonly status: TrainingState["status"];
}

interface MutableRun extends TrainingRun {
  status: TrainingState["status"];
  trainer: Trainer | undefined;
}

const isUnderWay = ({ status }: TrainingRun): boolean => status !== "idle" && status !== "ended";

/** Holds the latest training of every design, whether a canvas shows it or not. */
export class TrainingService implements vscode.Disposable {
  readonly #start: StartTrainer;
  readonly #runs = new Map<string, MutableRun>();
  readonly #changed = new vscode.EventEmitter<TrainingChange>();
  readonly onDidChange = this.#changed.event;

  constructor(start: StartTrainer) {
    this.#start = start;
  }

  /** What a canvas of this design shows. */
  stateOf(uri: vscode.Uri): TrainingState {
    const run = this.#runs.get(uri.toString());
    return { status: run?.status ?? "idle", events: run?.history.events ?? [] };
  }

  /** The latest run of this design. */
  runOf(uri: vscode.Uri): TrainingRun | undefined {
    return this.#runs.get(uri.toString());
  }

  /** Runs that have not ended, the oldest first. */
  get underWay(): readonly TrainingRun[] {
    return [...this.#runs.values()].filter(isUnderWay);
  }

  isUnderWay(uri: vscode.Uri): boolean {
    const run = this.runOf(uri);
    return run !== undefined && isUnderWay(run);
  }

  /**
   * Starts a training, or goes on with one that said something in the past.
   * A design trains once at a time, so that an earlier one must have ended.
   */
  start(uri: vscode.Uri, request: StartRequest, past: readonly TrainerEvent[] = []): void {
    if (this.isUnderWay(uri)) {
      return;
    }
    const run: MutableRun = {
      uri,
      history: TrainingHistory.of(past),
      status: "running",
      trainer: undefined,
    };
    // The latest start stands last, which is the one that the status bar shows.
    this.#runs.delete(uri.toString());
    this.#runs.set(uri.toString(), run);
    this.#tell(run, run.history.events, true);
    run.trainer = this.#start(request, (event) => this.#hear(run, event));
  }

  /** Shows a training of the past on a design, unless one is under way. */
  remember(uri: vscode.Uri, events: readonly TrainerEvent[]): void {
    if (this.isUnderWay(uri)) {
      return;
    }
    const run: MutableRun = {
      uri,
      history: TrainingHistory.of(events),
      status: "ended",
      trainer: undefined,
    };
    this.#runs.set(uri.toString(), run);
    this.#tell(run, run.history.events, true);
  }

  /** Asks the training of this design to end after the current batch. */
  stop(uri: vscode.Uri): void {
    this.#askToEnd(uri, "stopping", (trainer) => trainer.stop());
  }

  /** The same, so that it can go on later. */
  pause(uri: vscode.Uri): void {
    this.#askToEnd(uri, "pausing", (trainer) => trainer.pause());
  }

  #askToEnd(
    uri: vscode.Uri,
    status: "stopping" | "pausing",
    ask: (trainer: Trainer) => void,
  ): void {
    const run = this.#runs.get(uri.toString());
    if (run?.status === "running") {
      run.status = status;
      this.#tell(run, []);
      if (run.trainer !== undefined) ask(run.trainer);
    }
  }

  /** A design moved to another name: its run goes with it. */
  rename(from: vscode.Uri, to: vscode.Uri): void {
    const run = this.#runs.get(from.toString());
    if (run !== undefined && from.toString() !== to.toString()) {
      this.#runs.delete(from.toString());
      this.#runs.set(to.toString(), Object.assign(run, { uri: to }));
      this.#tell(run, run.history.events, true);
    }
  }

  dispose(): void {
    for (const run of this.#runs.values()) {
      if (isUnderWay(run)) {
        run.trainer?.leave();
      }
    }
    this.#changed.dispose();
  }

  #hear(run: MutableRun, event: TrainerEvent): void {
    if (!isUnderWay(run)) {
      return;
    }
    run.history.add(event);
    if (event.type === "finished" || event.type === "failed") {
      run.status = "ended";
    }
    this.#tell(run, [event]);
  }

  #tell(run: TrainingRun, events: readonly TrainerEvent[], isNewRun = false): void {
    this.#changed.fire({ uri: run.uri, status: run.status, events, isNewRun });
  }
}
