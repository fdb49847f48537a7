import { spawn } from "node:child_process";

/** What a program left behind. */
export interface Finished {
  /** Exit status; 127 where the program could not be started. */
  readonly code: number;
  /** Standard output and standard error as they came, at most the last million characters. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Runs a program to its end without standard input; an aborted signal ends it with all its children and rejects. */
export type RunProgram = (
  program: string,
  parameters: readonly string[],
  options?: RunOptions,
) => Promise<Finished>;

const keptCharacters = 1_000_000;

/** The real `RunProgram`. */
export const runProgram: RunProgram = async (program, parameters, options = {}) => {
  const { cwd, environment, signal } = options;
  signal?.throwIfAborted();
  const windows = process.platform === "win32";
  const child = spawn(program, [...parameters], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that ending it also ends what it started (make, compilers).
    detached: !windows,
    // npm is a script there, which only the shell runs.
    shell: windows && program === "npm",
  });
  const end = (): void => endTree(child.pid);
  signal?.addEventListener("abort", end, { once: true });
  try {
    const finished = await new Promise<Finished>((resolve) => {
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => {
          output = (output + text).slice(-keptCharacters);
        });
      }
      child.on("error", (error) => resolve({ code: 127, output: output + error.message }));
      child.on("close", (code) => resolve({ code: code ?? 1, output }));
    });
    signal?.throwIfAborted();
    return finished;
  } finally {
    signal?.removeEventListener("abort", end);
  }
};

function endTree(pid: number | undefined): void {
  if (pid === undefined) {
    return;
  }
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself in the meantime.
  }
}
