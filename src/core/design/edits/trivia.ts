/** Reads the white space and comments between the tokens of a text known to be JSON with comments. */

/** First offset at or after this one that is neither white space nor comment. */
export function skipTrivia(text: string, from: number): number {
  let offset = from;
  for (;;) {
    while (isSpace(text[offset])) offset++;
    const end = endOfComment(text, offset);
    if (end === offset) return offset;
    offset = end;
  }
}

/** Where the comment that begins here ends, before its line break; the same offset where none begins. */
function endOfComment(text: string, offset: number): number {
  if (text.startsWith("//", offset)) return endOfLine(text, offset);
  if (!text.startsWith("/*", offset)) return offset;
  const end = text.indexOf("*/", offset + 2);
  return end === -1 ? text.length : end + 2;
}

function isSpace(character: string | undefined): boolean {
  return isBlank(character) || character === "\n" || character === "\r" || character === "\uFEFF";
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}

/** Offset of the comma after a value that ends here, where there is one. */
export function commaAfter(text: string, end: number): number | undefined {
  const next = skipTrivia(text, end);
  return text[next] === "," ? next : undefined;
}

/** Where the line ends that this offset is in, before its line break. */
export function endOfLine(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && text[end] !== "\n" && text[end] !== "\r") end++;
  return end;
}

/** Where the line begins that this offset is in. */
export function startOfLine(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== "\n" && text[start - 1] !== "\r") start--;
  return start;
}

/** Just behind the line break at this offset, or the offset itself where there is none. */
export function afterLineBreak(text: string, offset: number): number {
  if (text.startsWith("\r\n", offset)) return offset + 2;
  return text[offset] === "\n" || text[offset] === "\r" ? offset + 1 : offset;
}

/** First offset at or after this one that is no blank or tab. */
export function skipBlanks(text: string, from: number): number {
  let offset = from;
  while (isBlank(text[offset])) offset++;
  return offset;
}

/** Last offset at or before this one with no blank or tab before it. */
export function skipBlanksBack(text: string, from: number): number {
  let offset = from;
  while (offset > 0 && isBlank(text[offset - 1])) offset--;
  return offset;
}

/** True where only blanks stand before this offset on its line. */
export function beginsLine(text: string, offset: number): boolean {
  return skipBlanksBack(text, offset) === startOfLine(text, offset);
}

/** The blanks at the start of the line that this offset is in. */
export function indentAt(text: string, offset: number): string {
  const start = startOfLine(text, offset);
  return text.slice(start, skipBlanks(text, start));
}

/** End of the comments that follow on the same line, or the offset itself; `undefined` where more than comments follows. */
export function endOfLineComments(text: string, from: number): number | undefined {
  let end = from;
  for (;;) {
    const next = skipBlanks(text, end);
    if (next === text.length || text[next] === "\n" || text[next] === "\r") return end;
    const behind = endOfComment(text, next);
    if (behind === next || /[\r\n]/.test(text.slice(next, behind))) return undefined;
    end = behind;
  }
}

/** True where a stretch holds nothing but white space. */
export function isBlankText(text: string): boolean {
  return text.trim() === "" || text.trim() === "\uFEFF";
}
