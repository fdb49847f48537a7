import * as vscode from "vscode";
import {
  type EngineComparison,
  type MeasuredResult,
  compareEngines as measureEngines,
} from "../../trainer/clientMeasure.ts";
import { measuredEngines } from "../../protocol/measurement.ts";
import type { DesignDocuments } from "../designDocuments.ts";
import { chooseEngineSetting } from "../engineSetting.ts";
import type { NativeEngineService } from "../nativeEngineService.ts";
import { engineItems, engineTitle, measuredWords, type EngineItem } from "./engineItems.ts";
import { hasNoErrors } from "./hasNoErrors.ts";
import { isTrusted } from "./isTrusted.ts";
import type { TrainingService } from "./trainingService.ts";
import { phaseWords } from "./trainingWords.ts";

/** What comparing engines works with. */
export interface CompareEnginesServices {
  readonly documents: DesignDocuments;
  readonly engine: NativeEngineService;
  readonly training: TrainingService;
  readonly log: vscode.LogOutputChannel;
}

/** The command: trains a few steps of a design on every engine, shows how fast each is, and takes the one that is chosen. */
export async function compareEngines(
  uri: vscode.Uri,
  services: CompareEnginesServices,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const design = services.documents.of(document);
  if (!(await isTrusted()) || !(await hasNoErrors(design))) {
    return;
  }
  const isBusy = services.training.underWay.length > 0;
  const comparison = await measureWithProgress(document, services.engine);
  switch (comparison.type) {
    case "cancelled":
      return;
    case "failed":
      void vscode.window.showErrorMessage(
        [comparison.message, comparison.hint].filter((words) => words !== undefined).join(" "),
      );
      return;
    case "compared":
      break;
  }
  const { results } = comparison;
  logResults(services.log, uri, results);
  const item = await vscode.window.showQuickPick(engineItems(results), {
    title: vscode.l10n.t("Compare Engines: {0}", design.analyzed.parsed.design.name),
    placeHolder: measuredWords(results, isBusy),
    // A canvas that is still being drawn may take the focus for a moment.
    ignoreFocusOut: true,
  });
  await take(item, results, services);
}

function measureWithProgress(
  document: vscode.TextDocument,
  engine: NativeEngineService,
): Thenable<EngineComparison> {
  const { uri } = document;
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t("Comparing engines"),
      cancellable: true,
    },
    (progress, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort());
      return measureEngines(
        {
          text: document.getText(),
          engineDirectories: engine.directories,
          ...(uri.scheme === "file" && { designFile: uri.fsPath }),
        },
        {
          signal: cancel.signal,
          report: (name, phase) =>
            progress.report(
              phase === undefined
                ? {
                    message: engineTitle(name),
                    // The first one to begin has done nothing yet.
                    increment: name === measuredEngines[0] ? 0 : 100 / measuredEngines.length,
                  }
                : { message: `${engineTitle(name)}: ${phaseWords(phase.phase)}` },
            ),
        },
      );
    },
  );
}

function logResults(
  log: vscode.LogOutputChannel,
  { path }: vscode.Uri,
  results: readonly MeasuredResult[],
): void {
  for (const { engine, answer } of results) {
    log.info(`${path}: ${engine}: ${JSON.stringify(answer)}`);
  }
}

/** Trains with the chosen engine from now on; one that is missing is installed, and one that cannot says all of why. */
async function take(
  item: EngineItem | undefined,
  results: readonly MeasuredResult[],
  { engine, log }: CompareEnginesServices,
): Promise<void> {
  const choice = item?.choice;
  if (choice === undefined) {
    return;
  }
  const answer = results.find((result) => result.engine === choice)?.answer;
  if (answer?.type !== "failed") {
    await chooseEngineSetting(choice);
    vscode.window.setStatusBarMessage(
      vscode.l10n.t("The engine for training: {0}", engineTitle(choice)),
      messageTime,
    );
  } else if (choice === "tfjs-node" && !engine.isInstalled) {
    await engine.installAndSay();
  } else if (choice === "webgpu" && !engine.webgpu.isInstalled) {
    await engine.webgpu.installAndSay();
  } else {
    const showLog = vscode.l10n.t("Show Log");
    const words = [answer.message, answer.hint].filter((each) => each !== undefined).join(" ");
    if ((await vscode.window.showErrorMessage(words, showLog)) === showLog) {
      log.show();
    }
  }
}

/** Milliseconds for which the status bar says what was chosen. */
const messageTime = 8_000;
