import type { TextEdit } from "../command.ts";
import type { JsonArrayTree, JsonObjectTree } from "../jsonTree.ts";
import type { TextStyle } from "./textStyle.ts";
import {
  afterLineBreak,
  beginsLine,
  commaAfter,
  endOfLineComments,
  indentAt,
  isBlankText,
  skipBlanks,
  skipBlanksBack,
  skipTrivia,
  startOfLine,
} from "./trivia.ts";

/** An object or array whose parts are entries or items. */
export type JsonList = JsonObjectTree | JsonArrayTree;

/** A part of a list from its first to behind its last character. */
interface Part {
  readonly start: number;
  readonly end: number;
}

function partsOf(list: JsonList): readonly Part[] {
  return list.kind === "array"
    ? list.items.map(({ offset, length }) => ({ start: offset, end: offset + length }))
    : list.entries.map(({ keyRange, value }) => {
        const last = value ?? keyRange;
        return { start: keyRange.offset, end: last.offset + last.length };
      });
}

function deletion(start: number, end: number): TextEdit {
  return { offset: start, length: end - start, text: "" };
}

function insertion(offset: number, text: string): TextEdit {
  return { offset, length: 0, text };
}

/** Takes parts out of a list with their commas and lines; comments stay. */
export function removeParts(
  text: string,
  list: JsonList,
  isRemoved: (index: number) => boolean,
): readonly TextEdit[] {
  const parts = partsOf(list);
  const inside = { start: list.offset + 1, end: list.offset + list.length - 1 };
  if (parts.every((_, index) => isRemoved(index)) && !hasComments(text, inside, parts)) {
    return parts.length === 0 ? [] : [deletion(inside.start, inside.end)];
  }
  return mergeDeletions(
    runsOf(parts, isRemoved).flatMap(([first, last]) => removeRun(text, parts, first, last)),
  );
}

/** Stretches of neighbouring parts that go together. */
function runsOf(
  parts: readonly Part[],
  isRemoved: (index: number) => boolean,
): readonly (readonly [first: number, last: number])[] {
  const runs: [number, number][] = [];
  for (const index of parts.keys()) {
    const run = runs.at(-1);
    if (!isRemoved(index)) continue;
    if (run?.[1] === index - 1) run[1] = index;
    else runs.push([index, index]);
  }
  return runs;
}

function removeRun(
  text: string,
  parts: readonly Part[],
  first: number,
  last: number,
): readonly TextEdit[] {
  const run = parts.slice(first, last + 1);
  const start = parts[first]?.start ?? 0;
  const end = parts[last]?.end ?? start;
  const comma = commaAfter(text, end);
  const before = parts[first - 1];
  const commaBefore =
    comma === undefined && before !== undefined ? commaAfter(text, before.end) : undefined;
  const whole = { start: commaBefore ?? start, end: comma === undefined ? end : comma + 1 };
  if (!hasComments(text, whole, run)) {
    return [commaBefore === undefined ? tidy(text, whole) : deletion(whole.start, whole.end)];
  }
  const pieces = run.flatMap((part) => removeAlone(text, part));
  return commaBefore === undefined ? pieces : [deletion(commaBefore, commaBefore + 1), ...pieces];
}

/** One part and its comma, around the comments beside it. */
function removeAlone(text: string, part: Part): readonly TextEdit[] {
  const comma = commaAfter(text, part.end);
  if (comma === undefined) return [tidy(text, part)];
  return isBlankText(text.slice(part.end, comma))
    ? [tidy(text, { start: part.start, end: comma + 1 })]
    : [deletion(part.start, part.end), deletion(comma, comma + 1)];
}

/** Widens a stretch to the lines or blanks that would be left empty without it. */
function tidy(text: string, { start, end }: Part): TextEdit {
  const next = skipBlanks(text, end);
  const behindLine = next === text.length ? next : afterLineBreak(text, next);
  const isLineEnd = behindLine > next || next === text.length;
  if (beginsLine(text, start)) {
    return isLineEnd ? deletion(startOfLine(text, start), behindLine) : deletion(start, next);
  }
  return isLineEnd ? deletion(skipBlanksBack(text, start), end) : deletion(start, next);
}

/** True where comments stand between the parts of a stretch. */
function hasComments(text: string, stretch: Part, parts: readonly Part[]): boolean {
  let from = stretch.start;
  for (const { start, end } of [...parts, { start: stretch.end, end: stretch.end }]) {
    if (!isBlankText(text.slice(from, start).replaceAll(",", ""))) return true;
    from = end;
  }
  return false;
}

function mergeDeletions(edits: readonly TextEdit[]): readonly TextEdit[] {
  const merged: TextEdit[] = [];
  for (const edit of edits.toSorted((first, second) => first.offset - second.offset)) {
    const last = merged.at(-1);
    const end = last === undefined ? -1 : last.offset + last.length;
    if (last !== undefined && edit.offset < end) {
      merged[merged.length - 1] = deletion(last.offset, Math.max(end, edit.offset + edit.length));
    } else {
      merged.push(edit);
    }
  }
  return merged;
}

/** Where new parts go, and how they are set where the list has none yet. */
export interface Insertion {
  /** How many parts of the list stand before the new ones. */
  readonly index: number;
  readonly style: TextStyle;
  /** Sets parts of an empty list on lines of their own. */
  readonly inLines: boolean;
}

/** Puts parts into a list, set like the part they follow. */
export function insertParts(
  text: string,
  list: JsonList,
  added: readonly string[],
  { index, style, inLines }: Insertion,
): readonly TextEdit[] {
  if (added.length === 0) return [];
  const parts = partsOf(list);
  const anchor = parts[index - 1];
  if (anchor !== undefined) return insertAfter(text, anchor, added, style);
  const [first] = parts;
  return first === undefined
    ? [insertFirst(text, list, added, style, inLines)]
    : [insertion(first.start, joinParts(added, gapAt(text, first.start, style), true))];
}

function joinParts(added: readonly string[], gap: string, isEnded: boolean): string {
  return added.join(`,${gap}`) + (isEnded ? `,${gap}` : "");
}

/** What stands between a comma and the next part: a new line like that of the part here, or a blank. */
export function gapAt(text: string, start: number, style: TextStyle): string {
  if (beginsLine(text, start)) return style.eol + indentAt(text, start);
  return style.isCompact ? "" : " ";
}

function insertAfter(
  text: string,
  anchor: Part,
  added: readonly string[],
  style: TextStyle,
): readonly TextEdit[] {
  const gap = gapAt(text, anchor.start, style);
  const comma = commaAfter(text, anchor.end);
  const isOwnLine = beginsLine(text, anchor.start);
  // A comment at the end of the anchor's line speaks of the anchor, so the new line goes below it.
  const from = comma === undefined ? anchor.end : comma + 1;
  const tail = isOwnLine ? (endOfLineComments(text, from) ?? from) : from;
  const body = gap + joinParts(added, gap, false);
  if (comma !== undefined) return [insertion(tail, `${body},`)];
  return tail === anchor.end
    ? [insertion(anchor.end, `,${body}`)]
    : [insertion(anchor.end, ","), insertion(tail, body)];
}

function insertFirst(
  text: string,
  list: JsonList,
  added: readonly string[],
  style: TextStyle,
  inLines: boolean,
): TextEdit {
  const start = list.offset + 1;
  const close = list.offset + list.length - 1;
  const outer = indentAt(text, list.offset);
  const gap = inLines ? `${style.eol}${outer}${style.unit}` : "";
  const blank = style.isCompact ? "" : " ";
  const body = joinParts(added, inLines ? gap : blank, false);
  if (skipTrivia(text, start) === close && isBlankText(text.slice(start, close))) {
    const pad = list.kind === "array" || style.isCompact ? "" : " ";
    const inside = inLines ? `${gap}${body}${style.eol}${outer}` : `${pad}${body}${pad}`;
    return { offset: start, length: close - start, text: inside };
  }
  // Comments stand inside: the parts go behind them, on the line of the brace that closes.
  return beginsLine(text, close)
    ? insertion(startOfLine(text, close), `${outer}${style.unit}${body}${style.eol}`)
    : insertion(close, ` ${body} `);
}
