import type { KeyGroup } from "./keyGroups.ts";

/** A key that VS Code gives to a command of the canvas, as package.json has it; a test compares the two. */
export interface WorkbenchKey {
  readonly command: string;
  /** Title of the command, in English; translated where it is shown. */
  readonly title: string;
  readonly key: string;
  readonly mac?: string;
  readonly group: KeyGroup;
}

/** Every key of package.json that works on the canvas. */
export const workbenchKeys: readonly WorkbenchKey[] = [
  {
    command: "cnnArchitect.addNode",
    title: "Add Layer or Block",
    key: "ctrl+space",
    group: "draw",
  },
  { command: "cnnArchitect.rename", title: "Rename", key: "f2", group: "draw" },
  { command: "cnnArchitect.layout", title: "Lay Out Again", key: "shift+alt+f", group: "draw" },
  {
    command: "cnnArchitect.find",
    title: "Find Node",
    key: "ctrl+f",
    mac: "cmd+f",
    group: "view",
  },
  { command: "cnnArchitect.nextProblem", title: "Next Problem", key: "f8", group: "view" },
  {
    command: "cnnArchitect.previousProblem",
    title: "Previous Problem",
    key: "shift+f8",
    group: "view",
  },
  {
    command: "cnnArchitect.openText",
    title: "Open Text",
    key: "ctrl+k v",
    mac: "cmd+k v",
    group: "view",
  },
  { command: "cnnArchitect.train", title: "Train", key: "ctrl+f5", group: "train" },
  { command: "cnnArchitect.stopTraining", title: "Stop Training", key: "shift+f5", group: "train" },
];

/** The key in the words of `pressedKey`, or several that are pressed one after the other: `ctrl+k v`. */
export function workbenchChord({ key, mac }: WorkbenchKey, isMac: boolean): readonly string[] {
  return ((isMac ? mac : undefined) ?? key).split(" ").map((press) =>
    press
      .split("+")
      .map((part) => names[part] ?? part.charAt(0).toUpperCase() + part.slice(1))
      .join("+"),
  );
}

const names: Readonly<Record<string, string>> = { cmd: "Mod" };
