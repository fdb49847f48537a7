import { spawn } from "node:child_process";
import path from "node:path";
import { inject } from "vitest";

/** Numbers of weights as an oracle counts them. */
export interface OracleCounts {
  readonly trainable: number;
  readonly nonTrainable: number;
}

/** One layer as an oracle sees it; the shape has no batch, and its channels stand last. */
export interface OracleLayer extends OracleCounts {
  readonly outputShape: readonly number[];
}

/** One of the oracle's own networks. */
export interface OracleNetwork extends OracleCounts {
  readonly name: string;
  readonly layers: readonly (OracleLayer & { readonly type: string })[];
}

type Environment = "keras" | "torchvision" | "tensorboard";

/** Why the oracles of an environment cannot be asked here, in words; undefined where they can. */
export function missingPython(environment: Environment): string | undefined {
  const interpreter = inject("python")[environment];
  return "missing" in interpreter ? interpreter.missing : undefined;
}

/**
 * Starts an oracle once and asks it everything, one line of JSON a request and one an answer.
 * Rejects with what Python said where an answer is missing.
 */
export async function ask<Answer>(
  environment: Environment,
  program: string,
  requests: readonly unknown[],
): Promise<readonly Answer[]> {
  const interpreter = inject("python")[environment];
  if ("missing" in interpreter) throw new Error(interpreter.missing);
  const { output, errors, code } = await run(
    interpreter.python,
    path.join(import.meta.dirname, program),
    requests.map((request) => `${JSON.stringify(request)}\n`).join(""),
  );
  const answers = output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Answer);
  if (code !== 0 || answers.length !== requests.length) {
    throw new Error(
      `${program} ended with ${code} after ${answers.length} of ${requests.length} answers:\n${errors.slice(-3000)}`,
    );
  }
  return answers;
}

/** Milliseconds until an oracle is ended, sooner than the tests give up waiting for it. */
const patience = 580_000;

interface Finished {
  /** Exit status, or the signal that ended it. */
  readonly code: number | string;
  readonly output: string;
  readonly errors: string;
}

function run(python: string, program: string, input: string): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, [program], { stdio: ["pipe", "pipe", "pipe"], timeout: patience });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code: code ?? signal ?? "", output, errors }));
    // Where Python ends early it stops reading; what it said about that is in `errors`.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
