import * as vscode from "vscode";
import { runEvents } from "./pastEvents.ts";
import { readMetrics } from "./readRun.ts";
import { type ResumeServices, resumeRun } from "./resumeRun.ts";
import type { Run } from "./run.ts";

/** Key of the folders of runs that were offered in a notification. */
const offeredKey = "cnnArchitect.offeredRuns";

/** Shows the newest run of a design that was left unfinished in its training strip, and says once that one was interrupted. */
export class ResumeOffers implements vscode.Disposable {
  readonly #services: ResumeServices;
  readonly #memory: vscode.Memento;
  readonly #subscription: vscode.Disposable;

  constructor(services: ResumeServices, memory: vscode.Memento) {
    this.#services = services;
    this.#memory = memory;
    this.#subscription = services.runs.onDidChange(() => void this.#offer());
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #offer(): Promise<void> {
    const { runs, training } = this.#services;
    const seen = new Set<string>();
    for (const run of await runs.list()) {
      const design = await runs.designOf(run);
      if (design === undefined || seen.has(design.toString())) {
        continue;
      }
      seen.add(design.toString());
      const isLeft = run.state === "paused" || run.state === "interrupted";
      if (isLeft && training.runOf(design) === undefined) {
        training.remember(design, runEvents(run, await readMetrics(run.directory)));
        await this.#say(run);
      }
    }
  }

  async #say(run: Run): Promise<void> {
    const offered = this.#memory.get<readonly string[]>(offeredKey, []);
    if (run.state !== "interrupted" || offered.includes(run.directory)) {
      return;
    }
    await this.#memory.update(offeredKey, [...offered, run.directory].slice(-100));
    const resume = vscode.l10n.t("Resume Training");
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        "The training of {0} was interrupted after {1} of {2} epochs. It can go on from there.",
        run.name,
        run.record?.last?.epoch ?? 0,
        run.record?.recipe.epochs ?? 0,
      ),
      resume,
    );
    if (answer === resume) {
      await resumeRun(run, this.#services);
    }
  }
}
