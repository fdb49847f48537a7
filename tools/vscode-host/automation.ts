import { format } from "node:util";
import type { Page } from "playwright-core";
import type { RunningServer } from "./startServer.ts";
import { until } from "./until.ts";

/** What the workbench tells the program that drives it. */
export interface Automation {
  readonly lines: string[];
  /** Status of the extension host's tests; not to be believed alone. */
  exitCode: number | undefined;
}

/** Listens to a page before VS Code is loaded in it. */
export async function listen(
  page: Page,
  hear: (line: string) => void = () => {},
): Promise<Automation> {
  const automation: Automation = { lines: [], exitCode: undefined };
  await page.exposeFunction("codeAutomationLog", (type: string, parts: readonly unknown[]) => {
    const line = format(...parts);
    automation.lines.push(`${type}: ${line}`);
    hear(line);
  });
  await page.exposeFunction("codeAutomationExit", (code: number) => {
    automation.exitCode = code;
  });
  return automation;
}

const ending = /Extension Host Process exited with code: (\w+), signal: (\w+)/;

/**
 * Waits for the end of the extension host; undefined where it ended by itself with status 0, or else what happened.
 * The browser reports 0 also for a host that was killed, so the server's own line about its end decides.
 */
export async function troubleAtEnd(
  server: RunningServer,
  automation: Automation,
  milliseconds?: number,
): Promise<string | undefined> {
  await until(
    () => automation.exitCode !== undefined && ending.test(server.log()),
    "the extension host ends",
    milliseconds,
  );
  const [line = "", code] = ending.exec(server.log()) ?? [];
  return automation.exitCode === 0 && code === "0"
    ? undefined
    : `The tests ended with ${automation.exitCode} in the browser. ${line}`;
}
