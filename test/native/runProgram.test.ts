import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runProgram } from "../../src/native/runProgram.ts";
import { temporaryDirectory } from "./temporaryDirectory.ts";

const script = (text: string): readonly string[] => ["-e", text];

test("output of both streams and the exit status come back", async () => {
  const program = script(`console.log("out"); console.error("err"); process.exitCode = 3;`);
  const { code, output } = await runProgram(process.execPath, program);
  expect({ code, lines: output.trim().split("\n").toSorted() }).toEqual({
    code: 3,
    lines: ["err", "out"],
  });
});

test("a program that does not exist ends with 127", async () => {
  expect((await runProgram("no-such-program-at-all", [])).code).toBe(127);
});

test("cancelling ends the program and what it has started", async () => {
  const file = path.join(temporaryDirectory(), "pids");
  const program = script(`
    const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    require("node:fs").writeFileSync(${JSON.stringify(file)}, process.pid + " " + child.pid + " end");
    setInterval(() => {}, 1000);
  `);
  const cancel = new AbortController();
  const run = runProgram(process.execPath, program, { signal: cancel.signal });
  const isStarted = (): boolean =>
    fs.existsSync(file) && fs.readFileSync(file, "utf8").endsWith("end");
  await expect.poll(isStarted, { timeout: 10_000 }).toBe(true);
  const pids = fs.readFileSync(file, "utf8").split(" ").slice(0, 2).map(Number);
  cancel.abort();
  await expect(run).rejects.toThrow("aborted");
  await expect.poll(() => pids.filter(isRunning), { timeout: 10_000 }).toEqual([]);
});

/** A process that has ended and was not collected by its parent yet does not count. */
function isRunning(pid: number): boolean {
  try {
    const state = /^State:\s+(\w)/m.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return state !== "Z";
  } catch {
    return false;
  }
}
