import type { JsonValue } from "../layers/option.ts";
import { t } from "../text/t.ts";

/** Value of an expression, or why it has none, as a sentence without a subject. */
export type Evaluation = { readonly value: number } | { readonly fault: string };

/** Longest text that is read as an expression; bounds the depth of its parentheses, too. */
const LONGEST = 200;

const tokenPattern = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(\/\/|[-+*/%()]))/y;

class Fault extends Error {}

/**
 * Value of an expression over numbers and named parameters: `+ - * / // %` and parentheses with the usual ranks;
 * `//` rounds down and `%` has the sign of its divisor, as in Python. Nothing else can be written, so nothing else runs.
 */
export function evaluateExpression(
  text: string,
  parameters: ReadonlyMap<string, JsonValue>,
): Evaluation {
  try {
    if (text.length > LONGEST) throw new Fault(t("it is longer than {0} characters", LONGEST));
    const value = new Reader(tokenize(text), parameters).whole();
    if (!Number.isFinite(value)) throw new Fault(t("its value is too large"));
    return { value };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message };
    throw error;
  }
}

function tokenize(text: string): readonly string[] {
  const tokens: string[] = [];
  const trimmed = text.trimEnd();
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < trimmed.length) {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(trimmed);
    if (match === null) {
      throw new Fault(t('"{0}" has no meaning in it', trimmed.slice(at).trim().charAt(0)));
    }
    tokens.push(match[0].trim());
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly string[];
  readonly #parameters: ReadonlyMap<string, JsonValue>;
  #next = 0;

  constructor(tokens: readonly string[], parameters: ReadonlyMap<string, JsonValue>) {
    this.#tokens = tokens;
    this.#parameters = parameters;
  }

  whole(): number {
    const value = this.#sum();
    const rest = this.#tokens[this.#next];
    if (rest !== undefined) throw new Fault(t('"{0}" is not expected there', rest));
    return value;
  }

  #sum(): number {
    let value = this.#product();
    for (;;) {
      if (this.#take("+")) value += this.#product();
      else if (this.#take("-")) value -= this.#product();
      else return value;
    }
  }

  #product(): number {
    let value = this.#signed();
    for (;;) {
      if (this.#take("*")) value *= this.#signed();
      else if (this.#take("//")) value = Math.floor(value / this.#divisor());
      else if (this.#take("/")) value /= this.#divisor();
      else if (this.#take("%")) {
        const divisor = this.#divisor();
        value -= Math.floor(value / divisor) * divisor;
      } else return value;
    }
  }

  #divisor(): number {
    const value = this.#signed();
    if (value === 0) throw new Fault(t("it divides by zero"));
    return value;
  }

  #signed(): number {
    return this.#take("-") ? -this.#signed() : this.#primary();
  }

  #primary(): number {
    const token = this.#tokens[this.#next++];
    if (token === undefined) throw new Fault(t("it ends too early"));
    if (token === "(") {
      const value = this.#sum();
      if (!this.#take(")")) throw new Fault(t('a ")" is missing'));
      return value;
    }
    if (/^\d/.test(token)) return Number(token);
    if (!/^[A-Za-z_]/.test(token)) throw new Fault(t('"{0}" is not expected there', token));
    const value = this.#parameters.get(token);
    if (value === undefined) throw new Fault(t('there is no parameter "{0}"', token));
    if (typeof value !== "number") throw new Fault(t('the parameter "{0}" is not a number', token));
    return value;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#next] !== token) return false;
    this.#next++;
    return true;
  }
}
