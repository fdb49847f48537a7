// Images per second in training of every engine beside plain tfjs-node, Keras, PyTorch and JAX, interleaved in one run.
// node bench/training.mjs [--networks LeNet-5,ResNet-20] [--sides tfjs-node,wasm] [--threads 2,1] [--rounds N] [--seconds S] [--patience S] [--write]
// --write puts the rows that were measured into docs/training.md after every round and leaves the others; it wants every side.
// Linux only where the number of threads is not that of the machine.
import os from "node:os";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "../tools/build.mjs";
import { isMain } from "../tools/lib/isMain.mjs";
import { inRoot } from "../tools/lib/paths.mjs";
import { run } from "../tools/lib/process.mjs";
import { ToolError, runTool, say, seconds } from "../tools/lib/say.mjs";
import { benchmarkEnvironments } from "../tools/python.mjs";
import { bundle } from "./lib/bundle.mjs";
import { readTable, writeTable } from "./lib/writeTable.mjs";
import { Results } from "./training/results.mjs";
import { report } from "./training/report.mjs";

/** @typedef {import("./training/measure.ts").Measurement} Measurement */
/** @typedef {import("./training/networks.ts").NetworkDescription} NetworkDescription */
/**
 * @typedef {object} Side
 * @property {string} id for the command line
 * @property {string} name
 * @property {(network: string, threads: number) => readonly string[]} command
 * @property {Record<string, string>} [env]
 */

const { values: options } = parseArgs({
  options: {
    networks: { type: "string" },
    sides: { type: "string" },
    threads: { type: "string", default: `${os.availableParallelism()},1` },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "1.5" },
    patience: { type: "string", default: "180" },
    write: { type: "boolean", default: false },
  },
});
const rounds = Number(options.rounds);
const threadCounts = options.threads.split(",").map(Number);

/** Every side that can be measured here; says which cannot. @returns {Promise<readonly Side[]>} */
async function everySide() {
  const { nativeEnvironment } = /** @type {typeof import("../src/native/load.ts")} */ (
    await import(pathToFileURL(await bundle("src/native/load.ts")).href)
  );
  const engine = await bundle("bench/training/engine.ts");
  const fit = await bundle("bench/training/fit.ts");
  const found = await benchmarkEnvironments();
  const peer = (/** @type {"keras" | "peers"} */ environment, /** @type {string[]} */ ...words) => {
    const interpreter = found[environment];
    const [file = "", ...parameters] = words;
    return "python" in interpreter
      ? () => [interpreter.python, inRoot("bench", "training", "peers", file), ...parameters]
      : () => {
          throw new ToolError(Object.values(interpreter).join());
        };
  };
  const node = process.execPath;
  return [
    {
      id: "tfjs-node",
      name: "CNN Architect, tfjs-node",
      command: (network) => [node, engine, network, "native"],
      env: nativeEnvironment(),
    },
    {
      id: "wasm",
      name: "CNN Architect, WASM",
      command: (network, threads) => [node, engine, network, "wasm", String(threads)],
    },
    { id: "plain", name: "plain tfjs-node", command: (network) => [node, fit, network] },
    { id: "keras", name: "Keras on TensorFlow", command: peer("keras", "keras_peer.py") },
    { id: "eager", name: "PyTorch, eager", command: peer("peers", "torch_peer.py", "eager") },
    {
      id: "channels_last",
      name: "PyTorch, channels_last",
      command: peer("peers", "torch_peer.py", "channels_last"),
    },
    {
      id: "compile",
      name: "PyTorch, torch.compile",
      command: peer("peers", "torch_peer.py", "compile"),
    },
    { id: "jax", name: "JAX, jit", command: peer("peers", "jax_peer.py") },
  ];
}

/** Whatever a program makes of its settings: where it has one core, it has one thread. */
const pinned = (/** @type {number} */ threads) =>
  threads === os.availableParallelism() ? [] : ["taskset", "-c", `0-${threads - 1}`];

/**
 * Runs a program with so many threads; its last line of JSON.
 * @param {string} what
 * @param {number} threads
 * @param {readonly string[]} command
 * @param {{ env?: Record<string, string>, input?: string }} [more]
 * @returns {Promise<unknown>}
 */
async function answerOf(what, threads, command, more) {
  const [program = "", ...parameters] = [...pinned(threads), ...command];
  const start = performance.now();
  const { code, output } = await run(program, parameters, {
    ...more,
    milliseconds: 1000 * Number(options.patience),
  });
  const line = output.split("\n").findLast((text) => text.startsWith("{"));
  if (code !== 0 || line === undefined) {
    const end = output.trim().split("\n").slice(-12).join("\n");
    throw new ToolError(`${what} failed after ${seconds(start)}:\n${end}`);
  }
  return JSON.parse(line);
}

/**
 * @param {Side} side
 * @param {NetworkDescription} network
 * @param {number} threads
 * @returns {Promise<Measurement>}
 */
async function measure({ name, command, env }, network, threads) {
  const answer = await answerOf(
    `${name}, ${network.name}`,
    threads,
    command(network.name, threads),
    {
      env: { BENCH_SECONDS: options.seconds, ...env },
      input: `${JSON.stringify(network)}\n`,
    },
  );
  return /** @type {Measurement} */ (answer);
}

/** One that fails is said, and does not lose the others. @param {unknown} error */
function lost(error) {
  if (!(error instanceof ToolError)) {
    throw error;
  }
  say(error.message);
  return undefined;
}

/** GFLOP/s of products of matrices, measured in the same run. @param {number} threads */
async function ceiling(threads) {
  const { peers } = await benchmarkEnvironments();
  if (!("python" in peers)) {
    return undefined;
  }
  const command = [peers.python, inRoot("bench", "training", "peers", "ceiling.py")];
  const found = await answerOf("sgemm", threads, command).catch(lost);
  return /** @type {{ gflops: number } | undefined} */ (found)?.gflops;
}

/**
 * Those that a list on the command line names, all where there is none.
 * @template T
 * @param {readonly T[]} all
 * @param {(one: T) => string} nameOf
 * @param {string | undefined} list
 */
function chosen(all, nameOf, list) {
  const names = new Map(all.map((one) => [nameOf(one).toLowerCase(), one]));
  return list === undefined
    ? all
    : list.split(",").map((name) => {
        const one = names.get(name.trim().toLowerCase());
        if (one === undefined) {
          throw new ToolError(`There is no ${name}; there are ${all.map(nameOf).join(", ")}.`);
        }
        return one;
      });
}

const whole = (/** @type {number} */ value) => Math.round(value).toLocaleString("en-US");

if (isMain(import.meta.url)) {
  await runTool(async () => {
    const { describe, networkNames } = /** @type {typeof import("./training/networks.ts")} */ (
      await import(pathToFileURL(await bundle("bench/training/networks.ts")).href)
    );
    const names = chosen(networkNames, (name) => name, options.networks);
    const networks = names.map(describe);
    const every = await everySide();
    const sides = chosen(every, ({ id }) => id, options.sides);
    if (options.write && sides.length !== every.length) {
      throw new ToolError("--write wants every side, because a row has a cell for each.");
    }
    await build();
    const [busy = 0] = os.loadavg();
    const results = new Results(sides.map(({ name }) => name));
    const turns = threadCounts.flatMap((threads) =>
      networks.flatMap((network) => sides.map((side) => ({ threads, network, side }))),
    );
    for (let round = 1; round <= rounds; round += 1) {
      for (const threads of threadCounts) {
        results.addCeiling(threads, await ceiling(threads));
      }
      for (const [index, { threads, network, side }] of turns.entries()) {
        const measurement = await measure(side, network, threads).catch(lost);
        if (measurement !== undefined) {
          results.add({ side: side.name, network: network.name, threads }, measurement);
          const { step, epoch, stepOfProcessor } = measurement;
          say(
            `round ${round}, ${index + 1} of ${turns.length}: ${threads} threads, ${network.name}, ${side.name}: ${whole(step)} / ${whole(epoch)}, ${whole(stepOfProcessor)} in a second of processor time`,
          );
        }
      }
      const earlier = options.write ? readTable("training.md", "bench/training.mjs") : "";
      const text = report({
        results,
        networks,
        threadCounts,
        networkNames,
        rounds: round,
        busy,
        earlier,
      });
      say(`\n${text}\n`);
      if (options.write) {
        writeTable("training.md", "bench/training.mjs", text);
      }
    }
  });
}
