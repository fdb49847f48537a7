/** Widths of letters in parts of the size of the font, with a little to spare: fonts differ from reader to reader. */
const widths = { text: 0.6, bold: 0.66, mono: 0.62 } as const;

export type FontKind = keyof typeof widths;

const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}]/u;

const widthOf = (letter: string, size: number, kind: FontKind): number =>
  wide.test(letter) ? size : size * widths[kind];

/** About as many pixels as a text takes. */
export function textWidth(text: string, size: number, kind: FontKind): number {
  return Array.from(text).reduce((sum, letter) => sum + widthOf(letter, size, kind), 0);
}

/** The text, cut with `…` where it does not fit. */
export function fitText(text: string, width: number, size: number, kind: FontKind): string {
  if (textWidth(text, size, kind) <= width) {
    return text;
  }
  let fitted = "";
  let left = width - size * widths[kind];
  for (const letter of text) {
    left -= widthOf(letter, size, kind);
    if (left < 0) {
      break;
    }
    fitted += letter;
  }
  return `${fitted.trimEnd()}…`;
}
