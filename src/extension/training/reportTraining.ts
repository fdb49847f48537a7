import * as vscode from "vscode";
import type { TrainerEvent } from "../../protocol/trainer.ts";
import type { TrainingService } from "./trainingService.ts";

/** What reporting a training needs to know of the rest. */
export interface ReportServices {
  readonly training: TrainingService;
  readonly log: vscode.LogOutputChannel;
  /** True where a canvas of this design is in sight, which shows a failure itself. */
  readonly isCanvasVisible: (uri: vscode.Uri) => boolean;
  readonly showCanvas: (uri: vscode.Uri) => Promise<void>;
}

/** What goes into the log; curves stay out of it. */
function logEvent(log: vscode.LogOutputChannel, name: string, event: TrainerEvent): void {
  switch (event.type) {
    case "failed":
      log.error(`${name}: ${event.code}: ${event.message} ${event.hint ?? ""}`.trimEnd());
      break;
    case "progress":
    case "layers":
    case "times":
    case "rates":
      break;
    case "notice":
      log[event.severity === "warning" ? "warn" : "info"](`${name}: ${event.message}`);
      break;
    case "phase":
    case "started":
    case "epoch":
    case "finished":
      log.info(`${name}: ${JSON.stringify(event)}`);
      break;
  }
}

async function sayFailed(
  message: string,
  uri: vscode.Uri,
  services: ReportServices,
): Promise<void> {
  const open = vscode.l10n.t("Open Canvas");
  const showLog = vscode.l10n.t("Show Log");
  const answer = await vscode.window.showErrorMessage(message, open, showLog);
  if (answer === open) {
    await services.showCanvas(uri);
  } else if (answer === showLog) {
    services.log.show();
  }
}

/** Writes every training into the log, and says what went wrong where no canvas would. */
export function reportTraining(services: ReportServices): vscode.Disposable {
  return services.training.onDidChange(({ uri, events, isNewRun }) => {
    // What comes with a new run has been said before: it got another name, or is shown again.
    for (const event of isNewRun ? [] : events) {
      logEvent(services.log, uri.path, event);
      if (services.isCanvasVisible(uri)) {
        continue;
      }
      if (event.type === "failed") {
        void sayFailed(event.message, uri, services);
      } else if (event.type === "notice" && event.severity === "warning") {
        void vscode.window.showWarningMessage(event.message);
      }
    }
  });
}
