import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HostError, type VscodeHost } from "./host.ts";

interface ServerOptions {
  readonly host: VscodeHost;
  /** Holds everything the server writes: settings, extensions, logs, sockets. */
  readonly directory: string;
  /** User settings of VS Code. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Needed to load an extension under development through the address; VS Code then shows no notification toasts. */
  readonly forTests: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** Opens every folder in Restricted Mode; without it all are trusted. */
  readonly isRestricted?: boolean;
}

/** A VS Code server that is up. */
export interface RunningServer {
  readonly port: number;
  readonly token: string;
  /** The address of the workbench on a folder; the payload is read by a server for tests only. */
  readonly address: (folder: string, payload?: readonly (readonly [string, string])[]) => string;
  readonly log: () => string;
  /** Resolves when the server's process has ended. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The folders of a server below its directory. */
export const serverFolders = (directory: string) =>
  ({
    userData: path.join(directory, "user-data"),
    extensions: path.join(directory, "extensions"),
    serverData: path.join(directory, "server-data"),
    run: path.join(directory, "run"),
  }) as const;

/** Starts a server on a free port of this machine only, and waits until it answers. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, directory, settings, forTests, environment, isRestricted } = options;
  const folders = serverFolders(directory);
  for (const folder of Object.values(folders)) {
    fs.mkdirSync(folder, { recursive: true });
  }
  writeSettings(folders.userData, settings);
  const port = await freePort();
  const token = randomBytes(16).toString("hex");
  const logFile = path.join(directory, "server.log");
  const logDescriptor = fs.openSync(logFile, "w");
  const child = spawn(
    host.node,
    [
      host.server,
      "--accept-server-license-terms",
      "--host=127.0.0.1",
      `--port=${port}`,
      `--connection-token=${token}`,
      `--server-data-dir=${folders.serverData}`,
      `--user-data-dir=${folders.userData}`,
      `--extensions-dir=${folders.extensions}`,
      "--telemetry-level=off",
      ...(isRestricted === true ? [] : ["--disable-workspace-trust"]),
      "--disable-update-check",
      "--disable-getting-started-override",
      ...(forTests ? ["--enable-smoke-test-driver"] : []),
    ],
    {
      stdio: ["ignore", logDescriptor, logDescriptor],
      // A group of its own, so that the extension host and what it started end with it.
      detached: true,
      env: {
        ...process.env,
        // Sockets go to these folders and would stay in the temporary folder for ever.
        XDG_RUNTIME_DIR: folders.run,
        TMPDIR: folders.run,
        // No market place: nothing is looked up outside this machine.
        EXTENSIONS_GALLERY: '{"serviceUrl":"","itemUrl":"","resourceUrlTemplate":""}',
        ...environment,
      },
    },
  );
  fs.closeSync(logDescriptor);
  const log = (): string => fs.readFileSync(logFile, "utf8");
  const server: RunningServer = {
    port,
    token,
    address: (folder, payload = []) => {
      const query = new URLSearchParams({ tkn: token, folder });
      if (payload.length > 0) {
        query.set("payload", JSON.stringify(payload));
      }
      return `http://127.0.0.1:${port}/?${query.toString()}`;
    },
    log,
    ended: new Promise((resolve) => {
      child.on("close", () => resolve());
    }),
    stop: () => stop(child),
  };
  await waitUntilUp(child, port, log);
  return server;
}

function writeSettings(userData: string, settings: Readonly<Record<string, unknown>>): void {
  const folder = path.join(userData, "User");
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "settings.json"), JSON.stringify(settings, null, 2));
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new HostError("No free port was found on this machine.")),
      );
    });
  });
}

async function waitUntilUp(child: ChildProcess, port: number, log: () => string): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop(child);
      throw new HostError(`The VS Code server does not start:\n${log()}`);
    }
    await sleep(50);
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/version`)).ok;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  signalGroup(child, "SIGTERM");
  for (let waited = 0; isRunning() && waited < 3000; waited += 50) {
    await sleep(50);
  }
  signalGroup(child, "SIGKILL");
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-(pid ?? 0), signal);
  } catch {
    // The group has ended already.
  }
}
