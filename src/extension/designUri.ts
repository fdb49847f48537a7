import type * as vscode from "vscode";

/** View type of the canvas, as package.json registers it. */
export const canvasViewType = "cnnArchitect.design";

/** True for the name of a design file. */
export function isDesign(uri: vscode.Uri): boolean {
  return uri.path.endsWith(".cnn.json");
}
