import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Finished, RunOptions, RunProgram } from "../../src/native/runProgram.ts";
import { thisPlatform } from "../../src/native/nativeEngine.ts";
import { type Wheel, wheels } from "../../src/native/wheel.ts";
import type { InstallHands, ProbeAnswer } from "../../src/native/workshop.ts";

/** The programs an installation runs. */
type Task =
  | "npm install"
  | "npm config"
  | "own install"
  | "pip version"
  | "pip download"
  | "compile"
  | "try";

type Act = (
  parameters: readonly string[],
  options: RunOptions,
) => Partial<Finished> | Promise<Finished>;

interface FakeOptions {
  readonly probe?: ProbeAnswer;
  /** What a program does instead of working. */
  readonly acts?: Partial<Record<Task, Act>>;
  /** The file that pip brings. */
  readonly wheelFile?: string;
  readonly sha256?: string;
}

/** An outside world in which every program works in no time and writes down that it was called. */
export function fakeHands(options: FakeOptions): {
  readonly hands: InstallHands;
  readonly calls: Task[];
} {
  const calls: Task[] = [];
  const run: RunProgram = async (program, parameters, runOptions = {}) => {
    runOptions.signal?.throwIfAborted();
    const task = taskOf(program, parameters);
    calls.push(task);
    const act = options.acts?.[task] ?? works(options)[task];
    const finished = await act(parameters, runOptions);
    runOptions.signal?.throwIfAborted();
    return { code: 0, output: "", ...finished };
  };
  return {
    calls,
    hands: {
      run,
      probe: async () =>
        options.probe ?? { type: "closed", reason: "the download host cannot be reached" },
      wheels: { [thisPlatform()]: fakeWheel(options) },
    },
  };
}

function taskOf(program: string, parameters: readonly string[]): Task {
  const line = [path.basename(program), ...parameters].join(" ");
  const tasks: readonly [RegExp, Task][] = [
    [/^npm install /, "npm install"],
    [/^npm config /, "npm config"],
    [/^npm run install$/, "own install"],
    [/ -m pip --version$/, "pip version"],
    [/ -m pip download /, "pip download"],
    [/^npm run build-addon-from-source$/, "compile"],
    [/try\.cjs$/, "try"],
  ];
  const found = tasks.find(([pattern]) => pattern.test(line));
  if (found === undefined) {
    throw new Error(`The installation runs something unexpected: ${line}`);
  }
  return found[1];
}

const works = ({ wheelFile }: FakeOptions): Record<Task, Act> => ({
  "npm install": (_, { cwd = "" }) => {
    fs.mkdirSync(path.join(cwd, "node_modules/@tensorflow/tfjs-node"), { recursive: true });
    return {};
  },
  "npm config": () => ({ output: "undefined\n" }),
  "own install": (_, { cwd = "" }) => {
    write(path.join(cwd, "deps/lib/libtensorflow.so"), "official library");
    write(path.join(cwd, "lib/napi-v8/tfjs_binding.node"), "official addon");
    return {};
  },
  "pip version": () => ({ output: "pip 23" }),
  "pip download": (parameters) => {
    const folder = parameters[parameters.indexOf("--dest") + 1] ?? "";
    fs.mkdirSync(folder);
    fs.copyFileSync(wheelFile ?? "", path.join(folder, "fake.whl"));
    return {};
  },
  compile: (_, { cwd = "" }) => {
    write(path.join(cwd, "lib/napi-v8/tfjs_binding.node"), "compiled addon");
    write(path.join(cwd, "build/leftover.o"), "object");
    return {};
  },
  try: () => ({ output: "TensorFlow=2.21.0\n" }),
});

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

/** The real recipe for this platform, for a file that is not 274 MB. */
function fakeWheel({ wheelFile, sha256 }: FakeOptions): Wheel {
  const real = wheels["linux-x64"];
  if (real === undefined) {
    throw new Error("There is no recipe for Linux.");
  }
  const content = wheelFile === undefined ? "" : fs.readFileSync(wheelFile);
  return {
    ...real,
    bytes: content.length,
    sha256: sha256 ?? createHash("sha256").update(content).digest("hex"),
  };
}

/** Writes a zip file with Python, whose wheels these are. */
export function writeWheel(file: string, entries: Readonly<Record<string, string>>): string {
  const program =
    "import json,sys,zipfile\nwith zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED) as z:\n for n,t in json.loads(sys.argv[2]).items(): z.writestr(n,t)";
  const { status, stderr } = spawnSync("python3", ["-c", program, file, JSON.stringify(entries)], {
    encoding: "utf8",
  });
  if (status !== 0) {
    throw new Error(stderr);
  }
  return file;
}
