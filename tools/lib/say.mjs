/** A failure whose message is meant for the person at the terminal: no stack trace is shown. */
export class ToolError extends Error {
  /** @override */
  name = "ToolError";
}

/** @param {string} text */
export const say = (text) => console.log(text);

/** Seconds with one decimal since a `performance.now()`. @param {number} since */
export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** A size for people. @param {number} bytes */
export function size(bytes) {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
}

/**
 * Runs a tool's main function: what a person can act on is printed as a sentence, anything else with its stack; the exit status tells.
 * @param {() => Promise<number | void>} main
 */
export async function runTool(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof ToolError ? error.message : error);
    process.exitCode = 1;
  }
}
