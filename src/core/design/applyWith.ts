import { applyEdits } from "./applyEdits.ts";
import type { EditCommand, EditResult, TextEdit } from "./command.ts";
import { designText, type DesignText, Refusal } from "./edits/designText.ts";
import { styleOf } from "./edits/textStyle.ts";
import { isBlankText } from "./edits/trivia.ts";
import { CURRENT_VERSION } from "./migrate.ts";
import { LONGEST_TEXT, parseDesign, type ParsedDesign } from "./parse.ts";
import type { ReadJson } from "./readJson.ts";
import { t } from "../text/t.ts";

/** The edits of one command on a text that can be edited; throws a `Refusal` in words where it cannot be done. */
export type EditsFor = (document: DesignText, command: SingleCommand) => CommandEdits;

/** What a command works on: a text, or one that has been read already, which spares reading it again. */
export type EditedText = string | ParsedDesign;

/** Turns a command into minimal edits of the text, keeping comments and formatting; never throws for any text. */
export function applyWith(
  editsFor: EditsFor,
  edited: EditedText,
  command: EditCommand,
): EditResult {
  try {
    const parsed = typeof edited === "string" ? parseDesign(edited) : edited;
    const { text, read } = parsed;
    if (text.length > LONGEST_TEXT) throw new Refusal(t("The file is too large to be a design."));
    if (command.type === "sequence") return applySequence(editsFor, parsed, command.commands);
    const { root } = read;
    const isEmpty = root === undefined || (root.kind === "object" && root.entries.length === 0);
    return isEmpty
      ? editEmpty(editsFor, text, read, command)
      : editDesign(editsFor, parsed, command);
  } catch (error) {
    if (error instanceof Refusal) return { type: "refused", message: error.message };
    throw error;
  }
}

function editDesign(editsFor: EditsFor, parsed: ParsedDesign, command: SingleCommand): EditResult {
  const document = openText(parsed);
  const { edits, created } = editsFor(document, command);
  // Sorting is stable: insertions at one place stay in their order.
  const sorted = edits.toSorted((first, second) => first.offset - second.offset);
  return { type: "edits", edits: sorted, ...(created === undefined ? {} : { created }) };
}

function openText({ text, read, design, problems }: ParsedDesign): DesignText {
  const { root, errors } = read;
  const [error] = errors;
  const fault = problems.find(({ code }) => code === "unsupportedVersion" || code === "tooLarge");
  if (error !== undefined || root?.kind !== "object") {
    const line = text.slice(0, error?.range.offset ?? 0).split(/\r\n|\n|\r/).length;
    throw new Refusal(
      t(
        "The file is not valid JSON, line {0}: {1} Mend the text first.",
        line,
        error?.message ?? t("A design must be an object { ... }."),
      ),
    );
  }
  if (fault?.severity === "error") throw new Refusal(fault.message);
  return designText(text, root, design);
}

/** A command that is not several. */
export type SingleCommand = Exclude<EditCommand, { readonly type: "sequence" }>;

/** What a command changes; `created` is the id of an added node. */
export interface CommandEdits {
  readonly edits: readonly TextEdit[];
  readonly created?: string;
}

/** Each command works on what the one before it left; together they are one replacement of what differs. */
function applySequence(
  editsFor: EditsFor,
  parsed: ParsedDesign,
  commands: readonly EditCommand[],
): EditResult {
  const { text } = parsed;
  let after = text;
  let created: string | undefined;
  for (const command of commands) {
    const result = applyWith(editsFor, after === text ? parsed : after, command);
    if (result.type === "refused") return result;
    after = applyEdits(after, result.edits);
    created = result.created ?? created;
  }
  return {
    type: "edits",
    edits: after === text ? [] : [difference(text, after)],
    ...(created === undefined ? {} : { created }),
  };
}

/** The smallest single stretch whose replacement turns one text into the other. */
function difference(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return {
    offset: start,
    length: before.length - start - end,
    text: after.slice(start, after.length - end),
  };
}

/** Writes the skeleton of a design with the command done in it where the file has nothing yet. */
function editEmpty(
  editsFor: EditsFor,
  text: string,
  { root, errors }: ReadJson,
  command: SingleCommand,
): EditResult {
  const [error] = errors;
  if (error !== undefined) throw new Refusal(`${error.message} ${t("Mend the text first.")}`);
  const { eol } = styleOf(text, undefined);
  const skeleton = [
    "{",
    `  "version": ${CURRENT_VERSION},`,
    '  "name": "Untitled",',
    '  "nodes": {}',
    "}",
  ].join(eol);
  const result = editDesign(editsFor, parseDesign(skeleton), command);
  if (result.type === "refused") return result;
  const written = applyEdits(skeleton, result.edits);
  return { ...result, edits: result.edits.length === 0 ? [] : [fill(text, root, written, eol)] };
}

function fill(
  text: string,
  root: { readonly offset: number; readonly length: number } | undefined,
  written: string,
  eol: string,
): TextEdit {
  // Comments inside of the braces would be lost with them; they move behind nothing, so the file is left to its author.
  if (root !== undefined) {
    if (!isBlankText(text.slice(root.offset + 1, root.offset + root.length - 1))) {
      throw new Refusal(
        t('The file holds only comments: add "nodes": {} to it in the text first.'),
      );
    }
    return { offset: root.offset, length: root.length, text: written };
  }
  const start = text.startsWith("\uFEFF") ? 1 : 0;
  if (isBlankText(text)) {
    return { offset: start, length: text.length - start, text: written + eol };
  }
  const isNewLine = /[\r\n]$/.test(text);
  return { offset: text.length, length: 0, text: `${isNewLine ? "" : eol}${written}${eol}` };
}
