import { isTyping } from "./isTyping.ts";

const ofField: ReadonlySet<string> = new Set(["z", "y", "a", "c", "x", "v"]);

const ownKeys: ReadonlySet<string> = new Set(["Delete", "Backspace", "F2", "Enter", "Escape", "/"]);

/**
 * Keeps undo, the clipboard and editing keys of a field from the workbench, which would undo in the document.
 * Everywhere else the keys go on to VS Code, and undo there is undo of the file.
 */
export function keepKeysInFields(): () => void {
  const stop = (event: KeyboardEvent): void => {
    const isShortcut = (event.ctrlKey || event.metaKey) && ofField.has(event.key.toLowerCase());
    if (isTyping(event.target) && (isShortcut || ownKeys.has(event.key))) {
      event.stopPropagation();
    }
  };
  // VS Code listens on the window, after the document.
  document.addEventListener("keydown", stop);
  return () => document.removeEventListener("keydown", stop);
}
