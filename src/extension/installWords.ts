import * as vscode from "vscode";
import type { InstallPhase, InstallProgress } from "../native/progress.ts";

function phaseWords(phase: InstallPhase): string {
  switch (phase) {
    case "package":
      return vscode.l10n.t("Fetching the package");
    case "probe":
      return vscode.l10n.t("Looking for the library");
    case "download":
      return vscode.l10n.t("Downloading the library");
    case "verify":
      return vscode.l10n.t("Checking the download");
    case "extract":
      return vscode.l10n.t("Unpacking the library");
    case "compile":
      return vscode.l10n.t("Compiling the addon");
    case "try":
      return vscode.l10n.t("Trying the engine");
    case "record":
      return vscode.l10n.t("Recording what was installed");
  }
}

const megabytes = (bytes: number): string =>
  (bytes / 1e6).toLocaleString(vscode.env.language, { maximumFractionDigits: 0 });

/** `Downloading the library: 120 of 274 MB`. */
export function installWords({ phase, bytes }: InstallProgress): string {
  const words = phaseWords(phase);
  if (bytes === undefined) {
    return words;
  }
  return bytes.total === undefined
    ? vscode.l10n.t("{0}: {1} MB", words, megabytes(bytes.done))
    : vscode.l10n.t("{0}: {1} of {2} MB", words, megabytes(bytes.done), megabytes(bytes.total));
}
