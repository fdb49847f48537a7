import { createScanner, type JSONScanner } from "jsonc-parser";
import type { JsonEntry, JsonObjectTree, JsonScalarTree, JsonTree } from "./jsonTree.ts";
import type { TextRange } from "./problem.ts";
import { t } from "../text/t.ts";

/** Deepest nesting that is read; a design needs about six levels. */
const DEEPEST = 64;

/** Errors after these say nothing new. */
const MOST_ERRORS = 20;

/** Where a text breaks the rules of JSON with comments and trailing commas. */
export interface JsonError {
  readonly message: string;
  readonly range: TextRange;
}

/** What could be read of a text; `root` is absent where there is no value at all. */
export interface ReadJson {
  readonly root?: JsonTree;
  readonly errors: readonly JsonError[];
}

/** Kinds of token by the numbers of jsonc-parser's scanner, whose `const enum` cannot be imported here. */
const kinds = new Map<number, TokenKind>([
  [1, "{"],
  [2, "}"],
  [3, "["],
  [4, "]"],
  [5, ","],
  [6, ":"],
  [7, "null"],
  [8, "true"],
  [9, "false"],
  [10, "string"],
  [11, "number"],
  [17, "end"],
]);

type TokenKind =
  | "{"
  | "}"
  | "["
  | "]"
  | ","
  | ":"
  | "null"
  | "true"
  | "false"
  | "string"
  | "number"
  | "unknown"
  | "end";

interface Token extends TextRange {
  readonly kind: TokenKind;
  readonly text: string;
}

/** Reads JSON with comments and trailing commas; goes on after every error, as a text in the middle of an edit needs it. */
export function readJson(text: string): ReadJson {
  return new Reader(text).read();
}

/** A key is a name in quotes, or one without them that a colon follows. */
type Key = Token & { readonly kind: "string" | "unknown" };

class Reader {
  readonly #scanner: JSONScanner;
  readonly #errors: JsonError[] = [];
  #token: Token;
  /** How many arrays and objects are open: a bracket of the wrong sort closes only what is there. */
  #arrays = 0;
  #objects = 0;

  constructor(text: string) {
    this.#scanner = createScanner(text, true);
    // A byte order mark is no part of the JSON.
    if (text.startsWith("\uFEFF")) this.#scanner.setPosition(1);
    this.#token = this.#scan();
  }

  read(): ReadJson {
    if (this.#isAtEnd()) return { errors: this.#errors };
    const root = this.#readValue();
    if (!this.#isAtEnd()) {
      this.#report(t("The file must end after its outermost closing brace."), this.#token);
    }
    return root === undefined ? { errors: this.#errors } : { root, errors: this.#errors };
  }

  #isAtEnd(): boolean {
    return this.#token.kind === "end";
  }

  #scan(): Token {
    const scanner = this.#scanner;
    const kind = kinds.get(scanner.scan()) ?? "unknown";
    const token = {
      kind,
      offset: scanner.getTokenOffset(),
      length: scanner.getTokenLength(),
      text: scanner.getTokenValue(),
    };
    const error = tokenError(scanner.getTokenError());
    if (error !== undefined && kind !== "unknown") this.#report(error, token);
    return token;
  }

  /** The current token; the next one becomes current. */
  #take(): Token {
    const token = this.#token;
    this.#token = this.#scan();
    return token;
  }

  #isFollowedByColon(): boolean {
    const position = this.#scanner.getPosition();
    const isColon = kinds.get(this.#scanner.scan()) === ":";
    this.#scanner.setPosition(position);
    return isColon;
  }

  #report(message: string, { offset, length }: TextRange): void {
    if (this.#errors.length < MOST_ERRORS) {
      this.#errors.push({ message, range: { offset, length } });
    }
  }

  #readValue(): JsonTree | undefined {
    const token = this.#token;
    switch (token.kind) {
      case "{":
      case "[":
        if (this.#arrays + this.#objects < DEEPEST) return this.#readNested();
        this.#skipNested();
        return undefined;
      case "string":
        return scalar(this.#take(), token.text);
      case "number":
        return scalar(this.#take(), Number(token.text));
      case "null":
        return scalar(this.#take(), null);
      case "true":
      case "false":
        return scalar(this.#take(), token.kind === "true");
      case "unknown":
        this.#report(unknownWord(token.text), this.#take());
        return undefined;
      case "}":
      case "]":
      case ",":
      case ":":
      case "end":
        this.#report(t("A value is missing here."), this.#take());
        return undefined;
    }
  }

  #readNested(): JsonTree {
    return this.#token.kind === "{" ? this.#readObject() : this.#readArray();
  }

  /** Passes over a value that is nested too deep, without recursion. */
  #skipNested(): void {
    this.#report(t("Values are nested deeper than {0} levels here.", DEEPEST), this.#token);
    let open = 0;
    do {
      const { kind } = this.#take();
      if (kind === "{" || kind === "[") open++;
      else if (kind === "}" || kind === "]") open--;
    } while (open > 0 && !this.#isAtEnd());
  }

  #readArray(): JsonTree {
    const start = this.#take();
    const items: JsonTree[] = [];
    this.#arrays++;
    let end = start.offset + start.length;
    while (!this.#isEndOfList("]")) {
      const item = this.#readValue();
      if (item !== undefined) items.push(item);
      end = item === undefined ? end : item.offset + item.length;
      this.#takeComma("]", item);
    }
    this.#arrays--;
    end = this.#close("]", start, end);
    return { kind: "array", offset: start.offset, length: end - start.offset, items };
  }

  #readObject(): JsonObjectTree {
    const start = this.#take();
    const entries: JsonEntry[] = [];
    this.#objects++;
    let end = start.offset + start.length;
    while (!this.#isEndOfList("}")) {
      const entry = this.#readEntry();
      if (entry === undefined) continue;
      entries.push(entry);
      const last = entry.value ?? entry.keyRange;
      end = last.offset + last.length;
      // Where the value is missing, one problem about it is enough.
      this.#takeComma("}", entry.value);
    }
    this.#objects--;
    end = this.#close("}", start, end);
    return { kind: "object", offset: start.offset, length: end - start.offset, entries };
  }

  #isEndOfList(bracket: "}" | "]"): boolean {
    const { kind } = this.#token;
    if (kind === bracket || kind === "end") return true;
    // The other bracket ends this list too where it closes one around it.
    return kind === "}" ? this.#objects > 0 : kind === "]" && this.#arrays > 0;
  }

  /** Takes the closing bracket or says that it is missing; returns where the list ends. */
  #close(bracket: "}" | "]", start: Token, end: number): number {
    if (this.#token.kind === bracket) {
      const { offset, length } = this.#take();
      return offset + length;
    }
    this.#report(t('This "{0}" is never closed: a "{1}" is missing.', start.kind, bracket), start);
    return end;
  }

  #takeComma(bracket: "}" | "]", last: TextRange | undefined): void {
    if (this.#token.kind === ",") {
      this.#take();
    } else if (!this.#isEndOfList(bracket) && last !== undefined) {
      this.#report(t("A comma is missing after this."), last);
    }
  }

  #readEntry(): JsonEntry | undefined {
    const key = this.#readKey();
    if (key === undefined) return undefined;
    const keyRange = { offset: key.offset, length: key.length };
    if (this.#token.kind === ":") this.#take();
    else this.#report(t('A colon is missing after "{0}".', key.text), key);
    if (this.#isValueMissing()) {
      this.#report(t('The value of "{0}" is missing.', key.text), key);
      return { key: key.text, keyRange };
    }
    const value = this.#readValue();
    // Thousands of entries are read at every keystroke, and a spread costs more than all the rest.
    return value === undefined ? { key: key.text, keyRange } : { key: key.text, keyRange, value };
  }

  #readKey(): Key | undefined {
    const token = this.#token;
    if (isKey(token, "string")) {
      this.#take();
      return token;
    }
    if (isKey(token, "unknown") && this.#isFollowedByColon()) {
      this.#report(t("{0} must stand in double quotes.", token.text), this.#take());
      return token;
    }
    if (token.kind === "{" || token.kind === "[") {
      this.#report(t("A name in double quotes and a colon are missing before this."), token);
      this.#readValue();
    } else {
      this.#report(t("A name in double quotes is expected here."), this.#take());
    }
    return undefined;
  }

  /** Also true before the next `"key":`, so that an unfinished entry does not swallow it. */
  #isValueMissing(): boolean {
    const { kind } = this.#token;
    if (kind === "," || kind === "}" || kind === "]" || kind === "end") return true;
    return (kind === "string" || kind === "unknown") && this.#isFollowedByColon();
  }
}

function isKey(token: Token, kind: Key["kind"]): token is Key {
  return token.kind === kind;
}

function scalar({ offset, length }: Token, value: JsonScalarTree["value"]): JsonScalarTree {
  return { kind: "scalar", offset, length, value };
}

function unknownWord(word: string): string {
  return t("{0} is not a value: text must stand in double quotes.", word.slice(0, 40));
}

/** Words for jsonc-parser's `ScanError`, by its number. */
function tokenError(error: number): string | undefined {
  switch (error) {
    case 1:
      return t("This comment is never closed.");
    case 2:
      return t("This text is not closed by a double quote.");
    case 3:
      return t("This number is not complete.");
    case 4:
      return t("This text holds a \\u escape that is not complete.");
    case 5:
      return t("This text holds an escape that JSON does not know.");
    case 6:
      return t("This text holds a control character; write it as an escape.");
    default:
      return undefined;
  }
}
