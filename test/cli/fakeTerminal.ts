import type { Terminal } from "../../src/cli/terminal.ts";

/** A terminal that keeps what is written to it. */
export function fakeTerminal(hasColors = false) {
  const written: string[] = [];
  const complaints: string[] = [];
  const terminal: Terminal = {
    write: (text) => void written.push(text),
    complain: (text) => void complaints.push(text),
    hasColors,
  };
  return {
    terminal,
    output: () => written.join(""),
    complaint: () => complaints.join(""),
  };
}
