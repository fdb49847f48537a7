// Images per second in training of every engine beside plain tfjs-node, Keras, PyTorch and JAX, interleaved in one run.
// node bench/training.mjs [--networks LeNet-5,ResNet-20] [--sides tfjs-node,wasm] [--threads 2,1] [--rounds N] [--seconds S] [--patience S] [--minutes M] [--write]
// A side that has not answered after --patience is ended. No round begins that would last beyond --minutes, as the last one went.
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
import { native, plain, wasm } from "./training/sideNames.mjs";

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
    minutes: { type: "string", default: "40" },
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
      name: native,
      command: (network) => [node, engine, network, "native"],
      env: nativeEnvironment(),
    },
    {
      id: "wasm",
      name: wasm,
      command: (network, threads) => [node, engine, network, "wasm", String(threads)],
    },
    { id: "plain", name: plain, command: (network) => [node, fit, network] },
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

const patience = 1000 * Number(options.patience);

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
    milliseconds: patience,
  });
  if (performance.now() - start > patience) {
    throw new TooLong(`${what} was ended after ${seconds(start)}.`);
  }
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

/** A program that was ended because it took too long. */
class TooLong extends ToolError {}

/** One that fails is said, and does not lose the others. @param {unknown} error */
function lost(error) {
  if (!(error instanceof ToolError)) {
    throw error;
  }
  say(error.message);
  return error instanceof TooLong ? `longer than ${options.patience} s` : "failed";
}

/** GFLOP/s of products of matrices, measured in the same run. @param {number} threads */
async function ceiling(threads) {
  const { peers } = await benchmarkEnvironments();
  if (!("python" in peers)) {
    return undefined;
  }
  const command = [peers.python, inRoot("bench", "training", "peers", "ceiling.py")];
  const found = await answerOf("sgemm", threads, command).catch(lost);
  return typeof found === "string" ? undefined : /** @type {{ gflops: number }} */ (found).gflops;
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
    const begin = performance.now();
    const all = threadCounts.flatMap((threads) =>
      networks.flatMap((network) => sides.map((side) => ({ threads, network, side }))),
    );
    /** Milliseconds that each turn took in the last round. @type {Map<typeof all[number], number>} */
    const took = new Map();
    let turns = all;
    for (let round = 1; round <= rounds; round += 1) {
      const expected = turns.reduce((sum, one) => sum + (took.get(one) ?? 0), 0);
      if (performance.now() + expected > begin + 60_000 * Number(options.minutes)) {
        say(`Another round would last beyond ${options.minutes} minutes (--minutes).`);
        break;
      }
      for (const threads of threadCounts) {
        results.addCeiling(threads, await ceiling(threads));
      }
      for (const [index, one] of turns.entries()) {
        const { threads, network, side } = one;
        const start = performance.now();
        const turn = { side: side.name, network: network.name, threads };
        const measurement = await measure(side, network, threads).catch(lost);
        if (typeof measurement === "string") {
          results.addFailure(turn, measurement);
        } else {
          results.add(turn, measurement);
          const { step, epoch, stepOfProcessor } = measurement;
          say(
            `round ${round}, ${index + 1} of ${turns.length}: ${threads} threads, ${network.name}, ${side.name}: ${whole(step)} / ${whole(epoch)}, ${whole(stepOfProcessor)} in a second of processor time`,
          );
        }
        took.set(one, performance.now() - start);
      }
      turns = all.filter(({ threads, network, side }) =>
        results.canMatter({ side: side.name, network: network.name, threads }),
      );
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
