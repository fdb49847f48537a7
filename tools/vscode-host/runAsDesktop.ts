import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { listen, troubleAtEnd } from "./automation.ts";
import type { VscodeHost } from "./host.ts";
import { quietSettings } from "./quietSettings.ts";
import { startServer } from "./startServer.ts";

interface Programs {
  readonly host: VscodeHost;
  /** The browser. */
  readonly executablePath: string;
}

// The test runner above has no limit of its own, and a suite that hangs would hang for ever.
const patience = 300_000;

/** Runs the tests that desktop VS Code would run with these arguments, and returns its exit status. */
export async function runAsDesktop(
  parameters: readonly string[],
  { host, executablePath }: Programs,
): Promise<number> {
  const all = (name: string): readonly string[] =>
    parameters
      .filter((text) => text.startsWith(`--${name}=`))
      .map((text) => text.slice(name.length + 3));
  const folder = parameters.find((text) => !text.startsWith("-")) ?? process.cwd();
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "vscode-host-"));
  const server = await startServer({ host, directory, settings: quietSettings, forTests: true });
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const automation = await listen(page, (line) => {
      if (!isNoise(line)) {
        process.stdout.write(`${line}\n`);
      }
    });
    const remote = (file: string): string =>
      `vscode-remote://127.0.0.1:${server.port}${path.resolve(file)}`;
    const payload = ["extensionDevelopmentPath", "extensionTestsPath"].flatMap((name) =>
      all(name).map((file) => [name, remote(file)] as const),
    );
    await page.goto(server.address(path.resolve(folder), payload));
    const trouble = await troubleAtEnd(server, automation, patience);
    if (trouble !== undefined) {
      process.stderr.write(`${trouble}\n`);
    }
    return trouble === undefined ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    await browser.close();
    await server.stop();
    fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What the workbench says about itself: its missing native modules, its connections and its closed gallery. */
const isNoise = (line: string): boolean =>
  line.trim() === "" ||
  /^%c|^\[|bindings file|build.Release.watchdog|reconnection|color: |^Creating a socket|gallery|^Updating additional|^Resolv|^Creation of workbench|authentication provider/.test(
    line,
  );
