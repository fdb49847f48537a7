/** What of a keyboard event names a key. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const isLetter = (key: string): boolean => key.toLowerCase() !== key.toUpperCase();

/**
 * A pressed key in the words of the table: `Mod+Shift+Z`, `Alt+ArrowUp`, `?`, `Space`; `Mod` is Ctrl, or Cmd on a Mac.
 * Shift belongs to the name of a sign, because keyboards differ in where they have it.
 */
export function pressedKey({ key, ctrlKey, metaKey, altKey, shiftKey }: PressedKey): string {
  const isSign = key.length === 1 && key !== " " && !isLetter(key);
  const name = key.length === 1 ? key.toUpperCase() : key;
  return [
    ctrlKey || metaKey ? "Mod+" : "",
    altKey ? "Alt+" : "",
    shiftKey && !isSign ? "Shift+" : "",
    name === " " ? "Space" : name,
  ].join("");
}

const signs: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  Delete: "Del",
};

const onMac: Readonly<Record<string, string>> = {
  Mod: "⌘",
  Ctrl: "⌃",
  Alt: "⌥",
  Shift: "⇧",
  Delete: "⌦",
  Backspace: "⌫",
  Enter: "⏎",
};

/** The parts of a key of the table as they are printed on this keyboard: `Ctrl`, `F`. */
export function keyCaps(key: string, isMac: boolean): readonly string[] {
  const parts = key.endsWith("+") ? [...key.slice(0, -2).split("+"), "+"] : key.split("+");
  return parts
    .filter((part) => part !== "")
    .map((part) => {
      const other = part === "Mod" ? "Ctrl" : part;
      return (isMac ? onMac[part] : undefined) ?? signs[part] ?? other;
    });
}
