import { spawn } from "node:child_process";

interface Finished {
  /** Exit status; 127 where the program could not be started. */
  readonly code: number;
  readonly output: string;
}

/** Runs a program without standard input and keeps what it prints. */
export async function runQuietly(
  program: string,
  parameters: readonly string[],
  {
    cwd,
    environment,
  }: { readonly cwd?: string; readonly environment?: Record<string, string> } = {},
): Promise<Finished> {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(program, [...parameters], {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", (error) => resolve({ code: 127, output: output + error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
