import * as vscode from "vscode";
import type { NativeEngineService } from "../nativeEngineService.ts";
import { isTrusted } from "../training/isTrusted.ts";
import type { TrainingService } from "../training/trainingService.ts";
import { pastEvents } from "./pastEvents.ts";
import { readMetrics } from "./readRun.ts";
import type { Run } from "./run.ts";
import { runDesignUri } from "./runDesigns.ts";
import type { RunStore } from "./runStore.ts";

/** What going on with a run needs. */
export interface ResumeServices {
  readonly runs: RunStore;
  readonly training: TrainingService;
  readonly engine: NativeEngineService;
  readonly showCanvas: (uri: vscode.Uri) => Promise<void>;
}

/** True where a run can go on: it is not complete, and would not fail in the same way again. */
export const canResume = ({ state, record }: Run): boolean =>
  state === "paused" ||
  state === "interrupted" ||
  state === "stopped" ||
  (state === "failed" && record?.failure?.code !== "notFinite");

/** Goes on with a run from its last checkpoint, on the canvas of its design, or says why that cannot be. */
export async function resumeRun(run: Run, services: ResumeServices): Promise<void> {
  const { runs, training, showCanvas } = services;
  const uri = (await runs.designOf(run)) ?? runDesignUri(run);
  if (training.isUnderWay(uri)) {
    await showCanvas(uri);
    return;
  }
  if (run.state === "completed") {
    await offerMore(run, services);
    return;
  }
  if (!canResume(run)) {
    void vscode.window.showInformationMessage(whyNot(run));
    return;
  }
  await goOn(run, uri, services);
}

/** Goes on with a complete run for more epochs than its recipe has, as many as are asked for. */
export async function trainLonger(run: Run, services: ResumeServices): Promise<void> {
  const { record } = run;
  if (run.state !== "completed" || record === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("{0} is not complete, so that it can be resumed.", run.name),
    );
    return;
  }
  const before = record.recipe.epochs;
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t("Train {0} Longer", run.name),
    prompt: vscode.l10n.t("Epochs in all; {0} are trained", before),
    value: String(2 * before),
    validateInput: (typed) =>
      isEpochs(typed) && Number(typed) > before
        ? undefined
        : vscode.l10n.t("A whole number of epochs, more than {0}.", before),
  });
  if (text !== undefined) {
    const uri = (await services.runs.designOf(run)) ?? runDesignUri(run);
    await goOn(run, uri, services, Number(text));
  }
}

const isEpochs = (text: string): boolean => /^\s*\d{1,6}\s*$/.test(text);

async function offerMore(run: Run, services: ResumeServices): Promise<void> {
  const longer = vscode.l10n.t("Train Longer...");
  const answer = await vscode.window.showInformationMessage(whyNot(run), longer);
  if (answer === longer) {
    await trainLonger(run, services);
  }
}

async function goOn(
  run: Run,
  uri: vscode.Uri,
  { training, engine, showCanvas }: ResumeServices,
  epochs?: number,
): Promise<void> {
  if (!(await isTrusted())) {
    return;
  }
  const past = pastEvents(await readMetrics(run.directory));
  await showCanvas(uri);
  training.start(
    uri,
    {
      type: "resume",
      runDirectory: run.directory,
      engineDirectories: engine.directories,
      ...(epochs !== undefined && { epochs }),
    },
    past.filter(({ type }) => type !== "finished" && type !== "failed"),
  );
}

/** Goes on with the newest run of a design that can. */
export async function resumeDesign(uri: vscode.Uri, services: ResumeServices): Promise<void> {
  const run = await services.runs.newestOf(uri, canResume);
  if (run === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("This design has no run that could go on. Train it anew."),
    );
    return;
  }
  await resumeRun(run, services);
}

function whyNot({ name, state }: Run): string {
  switch (state) {
    case "running":
      return vscode.l10n.t("{0} is running. Stop the training first.", name);
    case "completed":
      return vscode.l10n.t("{0} is complete: all its epochs are trained.", name);
    case "failed":
      return vscode.l10n.t(
        "{0} would fail again, because its loss or weights were not finite. Change the recipe and train anew.",
        name,
      );
    case "paused":
    case "interrupted":
    case "stopped":
    case "broken":
      return vscode.l10n.t("{0} cannot be read, so that it cannot go on.", name);
  }
}
