import * as vscode from "vscode";
import type { DesignDocument } from "../designDocument.ts";
import type { DesignDocuments } from "../designDocuments.ts";
import type { NativeEngineService } from "../nativeEngineService.ts";
import type { RunStore } from "../runs/runStore.ts";
import { askAndWriteDataset } from "./chooseDataset.ts";
import { hasEnoughMemory } from "./hasEnoughMemory.ts";
import { hasNoErrors } from "./hasNoErrors.ts";
import { isTrusted } from "./isTrusted.ts";
import type { StartRequest } from "./trainer.ts";
import type { TrainingService } from "./trainingService.ts";

/** What Train works with. */
export interface TrainServices {
  readonly documents: DesignDocuments;
  readonly training: TrainingService;
  readonly engine: NativeEngineService;
  readonly runs: RunStore;
  /** Brings the canvas of a design to the front, so that the curves are seen. */
  readonly showCanvas: (uri: vscode.Uri) => Promise<void>;
}

/** Writes a data set into a design that names none, as one undo step; false where the person turned away. */
async function hasDataset(uri: vscode.Uri, design: DesignDocument): Promise<boolean> {
  if (design.analyzed.parsed.design.training?.dataset !== undefined) {
    return true;
  }
  return askAndWriteDataset(
    uri,
    design,
    vscode.l10n.t("The design names no data set. The one you choose is written into it."),
  );
}

/** Trains the text of a design as it stands, saved or not, or says in words why it cannot be trained. */
export const train = (uri: vscode.Uri, services: TrainServices): Promise<void> =>
  start(uri, services, async (design) => {
    const runDirectory = await services.runs.newDirectory(uri, design.analyzed.parsed.design.name);
    return runDirectory === undefined ? {} : { runDirectory };
  });

/** Tries rising learning rates on a design as it stands; nothing of it is kept. */
export const findLearningRate = (uri: vscode.Uri, services: TrainServices): Promise<void> =>
  start(uri, services, async () => ({ purpose: "findLearningRate" }));

type StartOptions = Partial<Extract<StartRequest, { readonly type: "start" }>>;

async function start(
  uri: vscode.Uri,
  { documents, training, engine, showCanvas }: TrainServices,
  optionsFor: (design: DesignDocument) => Promise<StartOptions>,
): Promise<void> {
  if (training.isUnderWay(uri)) {
    await showCanvas(uri);
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const design = documents.of(document);
  const isReady =
    (await isTrusted()) && (await hasNoErrors(design)) && (await hasDataset(uri, design));
  const chosen = isReady ? await engine.choose() : undefined;
  if (chosen !== undefined && (await hasEnoughMemory(design, chosen))) {
    await showCanvas(uri);
    const options = await optionsFor(design);
    training.start(uri, {
      type: "start",
      text: document.getText(),
      engineDirectories: engine.directories,
      engine: chosen,
      ...(uri.scheme === "file" && { designFile: uri.fsPath }),
      ...options,
    });
  }
}
