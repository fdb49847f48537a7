import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  type Browser,
  type BrowserContext,
  type FrameLocator,
  type Locator,
  type Page,
  chromium,
} from "playwright-core";
import { cacheDirectory } from "../../src/native/cacheDirectory.ts";
import { type Automation, listen, troubleAtEnd } from "./automation.ts";
import { findChromium } from "./findChromium.ts";
import { HostError } from "./host.ts";
import { installHost } from "./installHost.ts";
import { quietSettings } from "./quietSettings.ts";
import { runProgram } from "../../src/native/runProgram.ts";
import { type RunningServer, serverFolders, startServer } from "./startServer.ts";
import { until } from "./until.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface WorkbenchOptions {
  /** The extension under test: the folder it is developed in, or a packaged file that is installed. */
  readonly extension: { readonly folder: string } | { readonly vsix: string };
  /** Files of a workspace made for this workbench: text by relative path. */
  readonly files: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the extension host. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Opens the workspace in Restricted Mode. */
  readonly isRestricted?: boolean;
  readonly size?: { readonly width: number; readonly height: number };
  /** What extensions are told to speak, `ko` for example; VS Code's own words stay English. */
  readonly language?: string;
}

/** A real VS Code in a browser, with the extension under test and a workspace of its own. */
export interface Workbench {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Folder of the workspace. */
  readonly workspace: string;
  /** The content of the webview that is open; several open webviews are several matches. */
  readonly webview: FrameLocator;
  /** What the workbench and the extension host wrote to the console. */
  readonly console: readonly string[];
  /** Calls a function inside the extension host; it sees `vscode`, `require` and its parameters, nothing around it. */
  readonly inHost: <Parameters extends readonly unknown[], Result>(
    call: (vscode: typeof import("vscode"), ...parameters: Parameters) => Result,
    ...parameters: Parameters
  ) => Promise<Awaited<Result>>;
  /** Runs a command from the palette by its title. */
  readonly runCommand: (title: string) => Promise<void>;
  readonly centerOf: (locator: Locator) => Promise<Point>;
  readonly drag: (from: Point, to: Point) => Promise<void>;
  /** What the server wrote. */
  readonly serverLog: () => string;
  /** Ends everything and fails where the extension host did not end by itself with status 0. */
  readonly close: () => Promise<void>;
  /** Ends everything, whatever state it is in. */
  readonly stop: () => Promise<void>;
}

/** Opens VS Code on a fresh workspace and waits until the extension under test can be used. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const recipe = import.meta.dirname;
  const cache = path.join(cacheDirectory(), "vscode-host");
  const host = await installHost({ recipe, cache, say });
  const executablePath = await findChromium(say);
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "workbench-"));
  const cleaning: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const clean of cleaning.splice(0).toReversed()) {
      await clean();
    }
    fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const workspace = writeWorkspace(directory, options.files);
    if ("vsix" in options.extension) {
      await installVsix(host, directory, options.extension.vsix);
    }
    const bridgeFile = path.join(directory, "bridge");
    const bridgeToken = path.basename(directory);
    const server = await startServer({
      host,
      directory,
      settings: { ...quietSettings, ...options.settings },
      isRestricted: options.isRestricted ?? false,
      forTests: true,
      environment: { ...options.environment, BRIDGE_FILE: bridgeFile, BRIDGE_TOKEN: bridgeToken },
    });
    cleaning.push(server.stop);
    const browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    });
    cleaning.push(() => closeQuietly(browser));
    const context = await browser.newContext({
      viewport: options.size ?? { width: 1280, height: 800 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    if (options.language !== undefined) {
      await context.addInitScript((language) => {
        Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language });
      }, options.language);
    }
    const page = await context.newPage();
    const automation = await listen(page);
    await page.goto(server.address(workspace, payload(server, options.extension)));
    const bridge = await connect(page, bridgeFile, bridgeToken, automation);
    return {
      page,
      context,
      workspace,
      console: automation.lines,
      serverLog: server.log,
      webview: page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame"),
      inHost: bridge.call,
      runCommand: (title) => runCommand(page, title),
      centerOf,
      drag: (from, to) => drag(page, from, to),
      stop,
      close: async () => {
        try {
          await endHost(bridge, server, automation);
        } finally {
          await stop();
        }
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function writeWorkspace(directory: string, files: WorkbenchOptions["files"]): string {
  const workspace = path.join(directory, "workspace");
  fs.mkdirSync(workspace);
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
    fs.writeFileSync(path.join(workspace, name), text);
  }
  return workspace;
}

async function installVsix(
  { node, server }: { readonly node: string; readonly server: string },
  directory: string,
  vsix: string,
): Promise<void> {
  const { userData, extensions, serverData } = serverFolders(directory);
  const { code, output } = await runProgram(node, [
    server,
    "--accept-server-license-terms",
    `--server-data-dir=${serverData}`,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${extensions}`,
    `--install-extension=${path.resolve(vsix)}`,
  ]);
  if (code !== 0 || !output.includes("successfully installed")) {
    throw new HostError(`${vsix} could not be installed:\n${output}`);
  }
}

function payload(
  { port }: RunningServer,
  extension: WorkbenchOptions["extension"],
): readonly (readonly [string, string])[] {
  const remote = (file: string): string => `vscode-remote://127.0.0.1:${port}${path.resolve(file)}`;
  const bridge = path.join(import.meta.dirname, "bridge");
  return [
    ["extensionDevelopmentPath", remote(bridge)],
    ...("folder" in extension
      ? [["extensionDevelopmentPath", remote(extension.folder)] as const]
      : []),
    ["extensionTestsPath", remote(path.join(bridge, "run.cjs"))],
  ];
}

interface Bridge {
  readonly call: Workbench["inHost"];
  readonly quit: () => Promise<void>;
}

async function connect(
  page: Page,
  file: string,
  token: string,
  automation: Automation,
): Promise<Bridge> {
  await until(
    () => {
      if (automation.exitCode !== undefined) {
        throw new HostError(
          `The extension host ended with ${automation.exitCode}:\n${automation.lines.slice(-15).join("\n")}`,
        );
      }
      return fs.existsSync(file);
    },
    "the extension host answers",
    60_000,
  );
  // Custom editors are registered lazily: a file that is opened earlier sometimes opens as text.
  await page.waitForFunction(
    () => performance.getEntriesByName("code/didCreateWorkbenchContributions/3").length > 0,
  );
  const address = `http://127.0.0.1:${fs.readFileSync(file, "utf8")}`;
  const post = async (to: string, body: string): Promise<unknown> =>
    (await fetch(to, { method: "POST", headers: { "x-token": token }, body })).json();
  return {
    call: async (call, ...parameters) => {
      const body = JSON.stringify({ source: call.toString(), parameters });
      const answer = (await post(address, body)) as
        | { readonly ok: true; readonly value: never }
        | { readonly ok: false; readonly error: string };
      if (!answer.ok) {
        throw new Error(`In the extension host: ${answer.error}`);
      }
      return answer.value;
    },
    quit: async () => void (await post(`${address}/quit`, "")),
  };
}

async function endHost(
  bridge: Bridge,
  server: RunningServer,
  automation: Automation,
): Promise<void> {
  await bridge.quit();
  const trouble = await troubleAtEnd(server, automation);
  if (trouble !== undefined) {
    throw new HostError(trouble);
  }
}

async function runCommand(page: Page, title: string): Promise<void> {
  const widget = page.locator(".quick-input-widget");
  const input = widget.locator("input").first();
  // The first row may be a longer title with the same words, or a command that was used lately.
  const row = page.locator(".quick-input-list .monaco-list-row").filter({
    has: page.locator(".label-name").getByText(title, { exact: true }),
  });
  // A view that takes the focus late, such as a panel that has just been opened, closes the palette again.
  await until(async () => {
    await page.keyboard.press("F1");
    return quickly(async (soon) => {
      await input.fill(`>${title}`, soon);
      await row.first().click(soon);
    });
  }, `the command palette offers ${title}`);
  // The command may close the palette or ask its own question in the same widget.
  await until(
    async () => !(await widget.isVisible()) || !(await input.inputValue()).startsWith(">"),
    `the palette has started ${title}`,
  );
}

/** True where something was done while it was there to be done. */
async function quickly(
  action: (soon: { readonly timeout: number }) => Promise<void>,
): Promise<boolean> {
  try {
    await action({ timeout: 3_000 });
    return true;
  } catch {
    return false;
  }
}

async function centerOf(locator: Locator): Promise<Point> {
  await locator.waitFor();
  const box = await locator.boundingBox();
  if (box === null) {
    throw new Error(`${locator.toString()} is not on the screen.`);
  }
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const dragSteps = 8;

/** React Flow starts a drag at the first move past its threshold and loses that step, so begin with a nudge and add it to the target. */
async function drag(page: Page, from: Point, to: Point): Promise<void> {
  const nudge = 2;
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let step = 0; step <= dragSteps; step += 1) {
    const part = step / dragSteps;
    await page.mouse.move(
      from.x + nudge + (to.x - from.x) * part,
      from.y + nudge + (to.y - from.y) * part,
    );
  }
  await page.mouse.up();
}

async function closeQuietly(browser: Browser): Promise<void> {
  try {
    await browser.close();
  } catch {
    // A browser that has crashed cannot be closed.
  }
}
