#!/usr/bin/env node
// Stands in for the program of desktop VS Code in @vscode/test-electron: the same arguments, the same exit status.
import { importSource } from "../lib/importSource.mjs";
import { chromium, vscodeHost } from "../lib/vscodeHost.mjs";

const { runAsDesktop } = /** @type {typeof import("./runAsDesktop.ts")} */ (
  await importSource("tools/vscode-host/runAsDesktop.ts")
);
process.exitCode = await runAsDesktop(process.argv.slice(2), {
  host: await vscodeHost(),
  executablePath: await chromium(),
});
