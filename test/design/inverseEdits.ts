import type { TextEdit } from "../../src/core/design/command.ts";

/** The edits that turn the text after `edits` back into `text`. */
export function inverseEdits(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0;
  return edits.map(({ offset, length, text: added }) => {
    const inverse = {
      offset: offset + shift,
      length: added.length,
      text: text.slice(offset, offset + length),
    };
    shift += added.length - length;
    return inverse;
  });
}
