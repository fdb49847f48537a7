import type { CanvasAction } from "../../protocol/webview.ts";

/** Commands that the canvas in front carries out, by their ids in package.json. */
export const canvasCommands = {
  "cnnArchitect.fit": "fit",
  "cnnArchitect.layout": "layout",
  "cnnArchitect.addNode": "addNode",
  "cnnArchitect.rename": "rename",
  "cnnArchitect.delete": "deleteSelection",
  "cnnArchitect.nextProblem": "nextProblem",
  "cnnArchitect.openAllBlocks": "openAllBlocks",
  "cnnArchitect.closeAllBlocks": "closeAllBlocks",
  "cnnArchitect.showKeys": "showKeys",
  "cnnArchitect.focusInspector": "focusInspector",
  "cnnArchitect.togglePalette": "togglePalette",
  "cnnArchitect.toggleInspector": "toggleInspector",
  "cnnArchitect.toggleTraining": "toggleTraining",
} as const satisfies Readonly<Record<string, CanvasAction>>;
