import * as vscode from "vscode";
import { canvasViewType } from "../designUri.ts";
import type { DesignDocuments } from "../designDocuments.ts";
import type { DesignEditor } from "../designEditor.ts";
import { comparisonOf } from "./compareRuns.ts";
import { deleteRun } from "./deleteRun.ts";
import { exportModel } from "./exportModel.ts";
import { runEvents } from "./pastEvents.ts";
import { readMetrics, readRun, renameRun } from "./readRun.ts";
import { type ResumeServices, resumeDesign, resumeRun, trainLonger } from "./resumeRun.ts";
import type { Run } from "./run.ts";
import { runDesignUri } from "./runDesigns.ts";
import type { RunsView } from "./runsView.ts";
import type { RunStore } from "./runStore.ts";
import { useRunWeights } from "./useRunWeights.ts";
import { runDescription } from "./runWords.ts";

/** What the commands on runs work with. */
export interface RunServices extends ResumeServices {
  readonly runsView: RunsView;
  readonly editor: DesignEditor;
  readonly documents: DesignDocuments;
  readonly log: vscode.LogOutputChannel;
}

/** Every command on a run with what it does. */
export function runCommandHandlers(
  services: RunServices,
): Readonly<Record<string, (given?: unknown, all?: unknown) => unknown>> {
  const withRun = (act: (run: Run, services: RunServices) => Promise<void>) => (given?: unknown) =>
    actOn(given, act, services);
  return {
    "cnnArchitect.showMetrics": withRun(showMetrics),
    "cnnArchitect.resumeTraining": (given) =>
      resume(
        given,
        withRun((run) => resumeRun(run, services)),
        services,
      ),
    "cnnArchitect.trainLonger": withRun((run) => trainLonger(run, services)),
    "cnnArchitect.compareRuns": (_given, all) => compare(all, services),
    "cnnArchitect.openRunDesign": withRun(openDesign),
    "cnnArchitect.renameRun": withRun(rename),
    "cnnArchitect.deleteRun": withRun(deleteRun),
    "cnnArchitect.revealRun": withRun(reveal),
    "cnnArchitect.exportModel": withRun(exportModel),
    "cnnArchitect.useRunWeights": withRun(useRunWeights),
  };
}

/** Of a design the newest run that can go on; from the palette that of the design in front, else the one picked. */
async function resume(
  given: unknown,
  resumePicked: (given?: unknown) => Promise<void>,
  services: RunServices,
): Promise<void> {
  const design = given instanceof vscode.Uri ? given : services.editor.active?.document.uri;
  await (isRun(given) || design === undefined
    ? resumePicked(given)
    : resumeDesign(design, services));
}

async function actOn(
  given: unknown,
  act: (run: Run, services: RunServices) => Promise<void>,
  services: RunServices,
): Promise<void> {
  const run = isRun(given) ? given : (services.runsView.selected ?? (await pickRun(services.runs)));
  if (run === undefined) {
    return;
  }
  try {
    // What the view shows may have changed since.
    await act(await readRun(run.directory), services);
  } catch (error) {
    services.log.error(`${run.directory}:`, error);
    void vscode.window.showErrorMessage(
      vscode.l10n.t(
        "This could not be done with the run {0}: {1}",
        run.name,
        error instanceof Error ? error.message : String(error),
      ),
    );
  }
  services.runs.refresh();
}

const isRun = (given: unknown): given is Run =>
  typeof given === "object" && given !== null && "directory" in given && "state" in given;

/** Lays the curves of the selected runs over each other; asks which where the view has not two of them. */
async function compare(all: unknown, services: RunServices): Promise<void> {
  const given = Array.isArray(all) ? all.filter(isRun) : services.runsView.selection;
  const runs = given.length > 1 ? given : await pickRuns(services.runs);
  const [first] = runs;
  if (first === undefined || runs.length < 2) {
    return;
  }
  const read = await Promise.all(runs.map(({ directory }) => readRun(directory)));
  const comparison = await comparisonOf(read);
  await openDesign(first);
  services.editor.viewOf(runDesignUri(first))?.compare(comparison);
}

async function pickRuns(store: RunStore): Promise<readonly Run[]> {
  const items = (await store.list()).map((run) => ({
    label: run.name,
    description: runDescription(run),
    run,
  }));
  if (items.length < 2) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("There are not two runs to compare yet."),
    );
    return [];
  }
  const answer = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Choose Runs to Compare"),
    canPickMany: true,
  });
  return answer?.map(({ run }) => run) ?? [];
}

async function pickRun(store: RunStore): Promise<Run | undefined> {
  const items = (await store.list()).map((run) => ({
    label: run.name,
    description: runDescription(run),
    run,
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("There are no runs yet: train a design first."),
    );
    return undefined;
  }
  const [only] = items;
  if (items.length === 1) return only?.run;
  const answer = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Choose a Run"),
  });
  return answer?.run;
}

/** Opens the design as it was, read-only. */
async function openDesign(run: Run): Promise<void> {
  await vscode.commands.executeCommand("vscode.openWith", runDesignUri(run), canvasViewType);
}

/** Shows the curves of a run: on the canvas that trains it, else with the design as it was. */
async function showMetrics(run: Run, services: RunServices): Promise<void> {
  const design = run.state === "running" ? await services.runs.designOf(run) : undefined;
  if (design !== undefined) {
    await services.showCanvas(design);
    services.editor.viewOf(design)?.act("showTraining");
    return;
  }
  const events = runEvents(run, await readMetrics(run.directory));
  services.training.remember(runDesignUri(run), events);
  await openDesign(run);
  services.editor.viewOf(runDesignUri(run))?.act("showTraining");
}

async function rename(run: Run): Promise<void> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t("Rename Run"),
    value: run.name,
    validateInput: (text) =>
      text.trim() === "" ? vscode.l10n.t("A run needs a name.") : undefined,
  });
  if (name !== undefined) {
    await renameRun(run.directory, name.trim());
  }
}

/** In the file manager where VS Code runs on the machine of the files, else in the Explorer. */
async function reveal(run: Run): Promise<void> {
  const isHere = vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
  const command = isHere ? "revealFileInOS" : "revealInExplorer";
  await vscode.commands.executeCommand(command, vscode.Uri.file(run.directory));
}
