/** What a command writes to and what it knows of its surroundings; a fake in tests. */
export interface Terminal {
  /** Writes to standard output. */
  readonly write: (text: string) => void;
  /** Writes to standard error. */
  readonly complain: (text: string) => void;
  /** True where standard output is a terminal that shows colours. */
  readonly hasColors: boolean;
}

/** Exit codes of the command line, part of its contract. */
export const exitCodes = {
  ok: 0,
  /** The design has an error, or the training failed. */
  failed: 1,
  /** Wrong usage, or a file that cannot be read. */
  usage: 2,
  /** Ended by Ctrl+C, as shells count it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    write: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
    // https://no-color.org: set and not empty.
    hasColors: process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "",
  };
}

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  blue: [34, 39],
} as const;

/** How a text looks where the terminal has colours. */
export type Look = keyof typeof codes;

/** Sets a text in a look, or leaves it where the terminal has no colours. */
export function paint(terminal: Pick<Terminal, "hasColors">, look: Look, text: string): string {
  const [on, off] = codes[look];
  return terminal.hasColors ? `\u001B[${on}m${text}\u001B[${off}m` : text;
}

/** A text from a file without the control characters by which it could steer the terminal. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g, "\uFFFD");
}
