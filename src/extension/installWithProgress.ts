import * as vscode from "vscode";
import { NativeInstallError } from "../native/nativeInstallError.ts";
import type { ReportProgress } from "../native/progress.ts";
import { installWords } from "./installWords.ts";

/** One installation as a person sees it. */
interface Installation<T> {
  readonly title: string;
  /** Said where the failure has no words of its own. */
  readonly failed: string;
  readonly log: vscode.LogOutputChannel;
  readonly install: (hands: {
    readonly signal: AbortSignal;
    readonly report: ReportProgress;
  }) => Promise<T>;
  /** The whole command once more. */
  readonly tryAgain: () => Promise<void>;
}

/** Installs with progress and cancel; undefined where that failed, which is said, or was cancelled. */
export async function installWithProgress<T>(
  installation: Installation<T>,
): Promise<T | undefined> {
  const { title, install, log } = installation;
  try {
    return await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        const cancel = new AbortController();
        const subscription = token.onCancellationRequested(() => cancel.abort());
        let lastMessage = "";
        try {
          return await install({
            signal: cancel.signal,
            report: (step) => {
              progress.report({ message: installWords(step) });
              if (step.message !== lastMessage) {
                lastMessage = step.message;
                log.info(step.message);
              }
            },
          });
        } finally {
          subscription.dispose();
        }
      },
    );
  } catch (error) {
    // Not awaited: the question may stay open, and "Try Again" starts another installation.
    void sayFailed(error, installation);
    return undefined;
  }
}

async function sayFailed<T>(
  error: unknown,
  { failed, log, title, tryAgain }: Installation<T>,
): Promise<void> {
  if (error instanceof NativeInstallError && error.reason === "cancelled") {
    log.info(error.message);
    return;
  }
  log.error(`${title}:`, error);
  const [reason] = error instanceof NativeInstallError ? error.message.split("\n") : [];
  const again = vscode.l10n.t("Try Again");
  const showLog = vscode.l10n.t("Show Log");
  const answer = await vscode.window.showErrorMessage(reason ?? failed, again, showLog);
  if (answer === again) {
    await tryAgain();
  } else if (answer === showLog) {
    log.show();
  }
}
