import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { openPromise } from "yauzl";
import { importSource } from "./lib/importSource.mjs";
import { isMain } from "./lib/isMain.mjs";
import { run } from "./lib/process.mjs";
import { ToolError, runTool, say } from "./lib/say.mjs";
import { runVitest } from "./lib/vitest.mjs";
import { native } from "./native.mjs";
import { setup } from "./setup.mjs";

/** Artifacts of TensorFlow for Java on Maven Central by the version of the libtensorflow inside. */
const artifacts = {
  "2.7.4": "org.tensorflow:tensorflow-core-api:0.4.2:jar:linux-x86_64",
  "2.10.1": "org.tensorflow:tensorflow-core-api:0.5.0:jar:linux-x86_64",
};

const libraries = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

/** The tests in which tfjs-node's engine computes. */
const tests = [
  "blocks",
  "bfloat16",
  "givenWeights",
  "gradients",
  "graph",
  "layerTimes",
  "networksLearn",
  "runKilled",
  "training",
  "trainingStep",
].map((name) => `test/trainer/${name}.test.ts`);

/**
 * Runs the engine's tests on another libtensorflow than the one that is installed: as old as the official one for Arm,
 * or about as old as that for Intel. It is kept in a cache of its own beside the user's.
 * @param {string} version
 * @param {readonly string[]} wanted test files; all in which the engine computes when empty
 */
async function testOn(version, wanted) {
  const artifact = Object.entries(artifacts).find(([key]) => key === version)?.[1];
  if (artifact === undefined) {
    throw new ToolError(
      `Which TensorFlow? There are: ${Object.keys(artifacts).join(", ")}. For example: node tools/otherTensorflow.mjs 2.10.1`,
    );
  }
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new ToolError("These builds of TensorFlow are for Linux on x64.");
  }
  await setup();
  const cache = await cacheWith(version, artifact, (await native()).directory);
  process.env["CNN_ARCHITECT_CACHE"] = cache;
  const files = wanted.length === 0 ? tests : wanted;
  const { failed } = await runVitest("--project", "unit", ...files);
  return failed === 0 ? 0 : 1;
}

/**
 * A cache like the user's whose native engine is that of `installed` with other libraries.
 * @param {string} version
 * @param {string} artifact
 * @param {string} installed
 */
async function cacheWith(version, artifact, installed) {
  const users = path.dirname(installed);
  const cache = path.join(users, `tensorflow-${version}`);
  const { findNativeEngine } = /** @type {typeof import("../src/native/locate.ts")} */ (
    await importSource("src/native/locate.ts")
  );
  const directory = path.join(cache, "native");
  if (findNativeEngine([directory])?.tensorflowVersion === version) {
    return cache;
  }
  say(`Getting TensorFlow ${version} from Maven Central (once):`);
  fs.rmSync(cache, { recursive: true, force: true });
  fs.mkdirSync(cache, { recursive: true });
  for (const entry of fs.readdirSync(users)) {
    if (!["native", path.basename(cache)].includes(entry)) {
      fs.symlinkSync(path.join(users, entry), path.join(cache, entry));
    }
  }
  const jar = await download(artifact, cache);
  fs.cpSync(installed, directory, { recursive: true, verbatimSymlinks: true });
  const { packageDirectory, writeMarker } =
    /** @type {typeof import("../src/native/marker.ts")} */ (
      await importSource("src/native/marker.ts")
    );
  await extract(jar, path.join(packageDirectory(directory), "deps", "lib"));
  fs.rmSync(path.dirname(jar), { recursive: true });
  const { tryEngine } = /** @type {typeof import("../src/native/tryEngine.ts")} */ (
    await importSource("src/native/tryEngine.ts")
  );
  const { runProgram } = /** @type {typeof import("../src/native/runProgram.ts")} */ (
    await importSource("src/native/runProgram.ts")
  );
  const hands = { run: runProgram, report: () => undefined, signal: undefined };
  const found = await tryEngine({ ...hands, staging: directory });
  if (found !== version) {
    throw new ToolError(`${artifact} holds TensorFlow ${found} and not ${version}.`);
  }
  await writeMarker(directory, { tensorflowVersion: found, source: "official" });
  return cache;
}

/**
 * @param {string} artifact
 * @param {string} cache
 */
async function download(artifact, cache) {
  const folder = path.join(cache, "maven");
  const { code, output } = await run(
    "mvn",
    [
      "--quiet",
      "--batch-mode",
      "org.apache.maven.plugins:maven-dependency-plugin:2.8:copy",
      `-Dmaven.repo.local=${path.join(folder, "repository")}`,
      `-Dartifact=${artifact}`,
      `-DoutputDirectory=${folder}`,
    ],
    { show: true },
  );
  const jar = code === 0 && fs.readdirSync(folder).find((name) => name.endsWith(".jar"));
  if (!jar) {
    throw new ToolError(
      code === 127
        ? "This needs Maven (on Debian and Ubuntu: apt-get install maven)."
        : `Maven could not download ${artifact}:\n${output}`,
    );
  }
  return path.join(folder, jar);
}

/**
 * @param {string} jar
 * @param {string} folder
 */
async function extract(jar, folder) {
  const archive = await openPromise(jar, { autoClose: false });
  try {
    for await (const entry of archive.eachEntry()) {
      const name = path.posix.basename(entry.fileName);
      if (libraries.includes(name)) {
        // The libraries of the copy are read-only.
        fs.rmSync(path.join(folder, name));
        const source = await archive.openReadStreamPromise(entry);
        await pipeline(source, fs.createWriteStream(path.join(folder, name)));
      }
    }
  } finally {
    archive.close();
  }
}

if (isMain(import.meta.url)) {
  const [version = "", ...files] = process.argv.slice(2);
  await runTool(() => testOn(version, files));
}
