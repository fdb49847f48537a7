import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { installNativeEngine } from "../../src/native/install.ts";
import { findNativeEngine } from "../../src/native/locate.ts";
import { packageDirectory } from "../../src/native/marker.ts";
import { NativeInstallError } from "../../src/native/nativeInstallError.ts";
import type { InstallProgress } from "../../src/native/progress.ts";
import type { InstallHands } from "../../src/native/workshop.ts";
import { fakeHands, writeWheel } from "./fakeHands.ts";
import { temporaryDirectory } from "./temporaryDirectory.ts";

const wheelEntries = {
  "tensorflow/libtensorflow_cc.so.2": "library",
  "tensorflow/libtensorflow_framework.so.2": "framework",
  "tensorflow/include/tensorflow/c/c_api.h": "header",
  "tensorflow/include/tsl/platform/ctstring.h": "header",
  "tensorflow/include/tensorflow/cc/client.h": "not needed",
  "tensorflow/python/training.py": "not needed",
};

const reachable = { type: "reachable", bytes: 100 } as const;

interface Place {
  /** Holds nothing but what the installation leaves. */
  readonly parent: string;
  readonly directory: string;
  readonly wheelFile: string;
}

function place(): Place {
  const base = temporaryDirectory();
  const parent = path.join(base, "cache");
  fs.mkdirSync(parent);
  const wheelFile = writeWheel(path.join(base, "tensorflow.whl"), wheelEntries);
  return { parent, directory: path.join(parent, "native"), wheelFile };
}

const install = async (directory: string, hands: InstallHands, signal?: AbortSignal) =>
  installNativeEngine({ directory, report: () => {}, hands, ...(signal && { signal }) });

async function failureOf(installation: Promise<unknown>): Promise<NativeInstallError> {
  const error: unknown = await installation.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(NativeInstallError);
  return error as NativeInstallError;
}

describe("the roads", () => {
  test("the package's own download comes first", async () => {
    const { parent, directory } = place();
    const { hands, calls } = fakeHands({ probe: reachable });
    const engine = await install(directory, hands);
    expect(engine).toEqual({ directory, tensorflowVersion: "2.21.0", source: "official" });
    expect(calls).toEqual(["npm install", "own install", "try"]);
    expect(fs.readdirSync(parent)).toEqual(["native"]);
  });

  test("where its host is closed, libtensorflow comes out of the wheel", async () => {
    const { parent, directory, wheelFile } = place();
    const { hands } = fakeHands({ wheelFile });
    const engine = await install(directory, hands);
    expect(engine).toEqual({ directory, tensorflowVersion: "2.21.0", source: "wheel" });
    expect(fs.readdirSync(parent)).toEqual(["native"]);
    const deps = path.join(packageDirectory(directory), "deps");
    expect(filesBelow(deps)).toEqual([
      "include/tensorflow/c/c_api.h",
      "include/tsl/platform/ctstring.h",
      "lib/libtensorflow.so -> libtensorflow_cc.so.2",
      "lib/libtensorflow.so.2.9.1 -> libtensorflow_cc.so.2",
      "lib/libtensorflow_cc.so.2",
      "lib/libtensorflow_framework.so -> libtensorflow_framework.so.2",
      "lib/libtensorflow_framework.so.2",
    ]);
    expect(fs.readdirSync(directory).toSorted()).toEqual([
      "native.json",
      "node_modules",
      "package.json",
    ]);
    expect(fs.existsSync(path.join(packageDirectory(directory), "build"))).toBe(false);
  });

  test("where the own download brings an addon that does not load, the wheel is tried on a clean package", async () => {
    const { directory, wheelFile } = place();
    let tries = 0;
    const { hands } = fakeHands({
      wheelFile,
      probe: reachable,
      acts: {
        try: () => {
          tries += 1;
          return tries === 1
            ? { code: 1, output: "GLIBC_2.99 not found" }
            : { output: "TensorFlow=2.21.0" };
        },
      },
    });
    expect((await install(directory, hands)).source).toBe("wheel");
    const library = path.join(packageDirectory(directory), "deps/lib/libtensorflow.so");
    expect(fs.readFileSync(library, "utf8")).toBe("library");
  });

  test("an engine that is there is used as it is", async () => {
    const { directory, wheelFile } = place();
    await install(directory, fakeHands({ wheelFile }).hands);
    const { hands, calls } = fakeHands({ wheelFile });
    expect((await install(directory, hands)).source).toBe("wheel");
    expect(calls).toEqual([]);
  });

  test("a damaged engine is replaced", async () => {
    const { parent, directory, wheelFile } = place();
    fs.mkdirSync(directory);
    fs.writeFileSync(path.join(directory, "native.json"), "half");
    await install(directory, fakeHands({ wheelFile }).hands);
    expect(findNativeEngine([directory])?.source).toBe("wheel");
    expect(fs.readdirSync(parent)).toEqual(["native"]);
  });
});

describe("progress", () => {
  test("names every phase in order and ends extraction with all bytes", async () => {
    const { directory, wheelFile } = place();
    const reports: InstallProgress[] = [];
    const { hands } = fakeHands({ wheelFile });
    await installNativeEngine({ directory, hands, report: (progress) => reports.push(progress) });
    expect([...new Set(reports.map(({ phase }) => phase))]).toEqual([
      "package",
      "probe",
      "download",
      "verify",
      "extract",
      "compile",
      "try",
      "record",
    ]);
    const bytes = "libraryframeworkheaderheader".length;
    expect(reports.findLast(({ phase }) => phase === "extract")?.bytes).toEqual({
      done: bytes,
      total: bytes,
    });
  });
});

describe("failures leave nothing and say why in words", () => {
  test("a wheel with another checksum is not used", async () => {
    const { parent, directory, wheelFile } = place();
    const error = await failureOf(
      install(directory, fakeHands({ wheelFile, sha256: "0".repeat(64) }).hands),
    );
    expect(error.reason).toBe("failed");
    expect(error.failures[1]?.reason).toMatch(
      /^the downloaded fake\.whl is not the file this version was made for \(SHA-256 [0-9a-f]{64} instead of 0{64}\), so it was not used$/,
    );
    expect(fs.readdirSync(parent)).toEqual([]);
  });

  test("when every road is closed, one message names them all and the next step", async () => {
    const { parent, directory, wheelFile } = place();
    const error = await failureOf(
      install(
        directory,
        fakeHands({
          wheelFile,
          acts: { "pip download": () => ({ code: 1, output: "No route to host" }) },
        }).hands,
      ),
    );
    expect(error.message).toBe(
      [
        "The native engine could not be installed:",
        "- The package's own download: the download host cannot be reached.",
        "- TensorFlow's Python wheel: pip could not download tensorflow-cpu==2.21.0:",
        "No route to host",
        "Mend one of these and install again (npm run native, or the command CNN Architect: Install Native Engine).",
      ].join("\n"),
    );
    expect(fs.readdirSync(parent)).toEqual([]);
  });

  test("a wheel without the library is refused", async () => {
    const { directory, wheelFile } = place();
    writeWheel(wheelFile, { "tensorflow/libtensorflow_framework.so.2": "framework" });
    const error = await failureOf(install(directory, fakeHands({ wheelFile }).hands));
    expect(error.failures[1]?.reason).toBe(
      "the wheel does not hold tensorflow/libtensorflow_cc.so.2",
    );
  });

  test("a machine without npm is told to install it", async () => {
    const { parent, directory } = place();
    const { hands } = fakeHands({ acts: { "npm install": () => ({ code: 127 }) } });
    const error = await failureOf(install(directory, hands));
    expect(error.message).toContain("npm was not found. Install Node.js 20 or newer");
    expect(fs.readdirSync(parent)).toEqual([]);
  });

  test("a machine without pip is told how to get it", async () => {
    const { directory, wheelFile } = place();
    const { hands } = fakeHands({
      wheelFile,
      acts: { "pip version": () => ({ code: 1 }) },
    });
    // Making a private environment is not faked: the fake knows no such program.
    const run: InstallHands["run"] = async (program, parameters, options) =>
      parameters.includes("venv")
        ? { code: 1, output: "" }
        : hands.run(program, parameters, options);
    const error = await failureOf(install(directory, { ...hands, run }));
    expect(error.failures[1]?.reason).toContain("Python 3 with pip was not found");
  });

  test.each(["npm install", "pip download", "compile", "try"] as const)(
    "cancelling during %s leaves nothing",
    async (task) => {
      const { parent, directory, wheelFile } = place();
      const cancel = new AbortController();
      const { hands } = fakeHands({
        wheelFile,
        acts: {
          [task]: () => {
            cancel.abort();
            return {};
          },
        },
      });
      const error = await failureOf(install(directory, hands, cancel.signal));
      expect(error.reason).toBe("cancelled");
      expect(fs.readdirSync(parent)).toEqual([]);
    },
  );

  test("what a killed installation left behind is removed by the next one", async () => {
    const { parent, directory, wheelFile } = place();
    // No process has this number: it is above the largest that Linux gives.
    fs.mkdirSync(path.join(parent, "native.installing-99999999"));
    await install(directory, fakeHands({ wheelFile }).hands);
    expect(fs.readdirSync(parent)).toEqual(["native"]);
  });
});

function filesBelow(folder: string): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(folder, file);
      return entry.isSymbolicLink() ? `${name} -> ${fs.readlinkSync(file)}` : name;
    })
    .toSorted();
}
