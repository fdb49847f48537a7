import * as vscode from "vscode";
import type { EditRefusal } from "./designDocument.ts";

/** Says to a person why a gesture changed nothing, and what to do. */
export function refusalWords(refusal: EditRefusal): string {
  switch (refusal.reason) {
    case "readOnly":
      return vscode.l10n.t(
        "This file is read-only. Save it under another name to change the design.",
      );
    case "changedMeanwhile":
      return vscode.l10n.t("The text changed in the meantime, so nothing was done. Try again.");
    case "refused":
      return refusal.message;
  }
}
