import { spawnSync } from "node:child_process";
import path from "node:path";
import type { ProvidedContext } from "vitest";
import type { TestProject } from "vitest/node";

/** The interpreter of one Python environment, or why there is none. */
export type Interpreter = { readonly python: string } | { readonly missing: string };

declare module "vitest" {
  export interface ProvidedContext {
    readonly python: {
      readonly keras: Interpreter;
      readonly torchvision: Interpreter;
      readonly tensorboard: Interpreter;
    };
  }
}

const root = path.resolve(import.meta.dirname, "../..");

/** Installs the Python environments where they are missing, once before all tests of the project. */
export function setup(project: TestProject): void {
  const { status, stdout } = spawnSync(process.execPath, ["tools/python.mjs"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) {
    throw new Error("The Python environments of these tests are missing; the reason stands above.");
  }
  const answer = stdout.trim().split("\n").at(-1) ?? "";
  project.provide("python", JSON.parse(answer) as ProvidedContext["python"]);
}
