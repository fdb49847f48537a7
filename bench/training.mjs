// Images per second in training of every engine beside plain tfjs-node, Keras, PyTorch and JAX, interleaved in one run.
// node bench/training.mjs [--networks LeNet-5,ResNet-20] [--sides tfjs-node,wasm] [--threads 2,1] [--rounds N] [--seconds S] [--write]
// --write puts the tables into docs/training.md. Linux only where the number of threads is not that of the machine.
import os from "node:os";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { isMain } from "../tools/lib/isMain.mjs";
import { inRoot } from "../tools/lib/paths.mjs";
import { run } from "../tools/lib/process.mjs";
import { ToolError, runTool, say } from "../tools/lib/say.mjs";
import { benchmarkEnvironments } from "../tools/python.mjs";
import { bundle } from "./lib/bundle.mjs";
import { describeMachine } from "./lib/describeMachine.mjs";
import { writeTable } from "./lib/writeTable.mjs";

/** @typedef {import("./training/measure.ts").Measurement} Measurement */
/** @typedef {import("./training/networks.ts").NetworkDescription} NetworkDescription */
/**
 * @typedef {object} Side
 * @property {string} name
 * @property {boolean} [isOurs]
 * @property {(network: string, threads: number) => readonly string[]} command
 * @property {Record<string, string>} [env]
 */

const { values: options } = parseArgs({
  options: {
    networks: { type: "string" },
    sides: { type: "string" },
    threads: { type: "string", default: `${os.availableParallelism()},1` },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "4" },
    write: { type: "boolean", default: false },
  },
});
const rounds = Number(options.rounds);
const threadCounts = options.threads.split(",").map(Number);

/** @returns {Promise<readonly Side[]>} */
async function everySide() {
  const { nativeEnvironment } = /** @type {typeof import("../src/native/load.ts")} */ (
    await import(pathToFileURL(await bundle("src/native/load.ts")).href)
  );
  const engine = await bundle("bench/training/engine.ts");
  const fit = await bundle("bench/training/fit.ts");
  const { keras, peers } = await benchmarkEnvironments();
  const peer = (/** @type {string} */ file, /** @type {string[]} */ ...parameters) => {
    const found = file === "keras_peer.py" ? keras : peers;
    if (!("python" in found)) {
      throw new ToolError(Object.values(found).join());
    }
    const { python } = found;
    return () => [python, inRoot("bench", "training", "peers", file), ...parameters];
  };
  const node = process.execPath;
  return [
    {
      name: "CNN Architect, tfjs-node",
      isOurs: true,
      command: (network) => [node, engine, network, "native"],
      env: nativeEnvironment(),
    },
    {
      name: "CNN Architect, WASM",
      isOurs: true,
      command: (network, threads) => [node, engine, network, "wasm", String(threads)],
    },
    { name: "plain tfjs-node", command: (network) => [node, fit, network] },
    { name: "Keras on TensorFlow", command: peer("keras_peer.py") },
    { name: "PyTorch, eager", command: peer("torch_peer.py", "eager") },
    { name: "PyTorch, channels_last", command: peer("torch_peer.py", "channels_last") },
    { name: "PyTorch, torch.compile", command: peer("torch_peer.py", "compile") },
    { name: "JAX, jit", command: peer("jax_peer.py") },
  ];
}

/**
 * @param {Side} side
 * @param {NetworkDescription} network
 * @param {number} threads
 * @returns {Promise<Measurement>}
 */
async function measure(side, network, threads) {
  const command = side.command(network.name, threads);
  // Whatever a program makes of its settings: where it has one core, it has one thread.
  const pinned =
    threads === os.availableParallelism()
      ? command
      : ["taskset", "-c", `0-${threads - 1}`, ...command];
  const [program = "", ...parameters] = pinned;
  const { code, output } = await run(program, parameters, {
    env: { BENCH_SECONDS: options.seconds, ...side.env },
    input: `${JSON.stringify(network)}\n`,
  });
  const line = output.split("\n").findLast((text) => text.startsWith("{"));
  if (code !== 0 || line === undefined) {
    throw new ToolError(`${side.name}, ${network.name} failed:\n${output}`);
  }
  return /** @type {Measurement} */ (JSON.parse(line));
}

/** One that fails is said, and does not lose the others. @param {unknown} error */
function lost(error) {
  if (!(error instanceof ToolError)) {
    throw error;
  }
  say(error.message.split("\n").slice(-12).join("\n"));
  return undefined;
}

/** GFLOP/s of products of matrices, measured in the same run. */
async function ceiling() {
  const { peers } = await benchmarkEnvironments();
  if (!("python" in peers)) {
    return undefined;
  }
  const { output } = await run(peers.python, [inRoot("bench", "training", "peers", "ceiling.py")]);
  const line = output.split("\n").findLast((text) => text.startsWith("{")) ?? "{}";
  return /** @type {{ gflops?: number }} */ (JSON.parse(line)).gflops;
}

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** @param {number} value */
const whole = (value) => Math.round(value).toLocaleString("en-US");

/** @param {readonly string[]} cells */
const line = (cells) => `| ${cells.join(" | ")} |`;

class Results {
  /** @type {Map<string, Measurement[]>} @readonly */
  #measured = new Map();

  /** @param {string} key @param {Measurement} measurement */
  add(key, measurement) {
    this.#measured.set(key, [...(this.#measured.get(key) ?? []), measurement]);
  }

  /** @param {string} key @param {"step" | "epoch" | "peakMegabytes"} figure */
  median(key, figure) {
    return median((this.#measured.get(key) ?? []).map((one) => one[figure]));
  }

  /** @param {string} key */
  engine(key) {
    return this.#measured.get(key)?.[0]?.engine ?? "";
  }
}

const keyOf = (/** @type {string} */ side, /** @type {string} */ network, threads = 0) =>
  `${side} | ${network} | ${threads}`;

/**
 * @param {Results} results
 * @param {readonly Side[]} sides
 * @param {readonly NetworkDescription[]} networks
 * @param {number} threads
 * @param {number | undefined} gflops
 */
function table(results, sides, networks, threads, gflops) {
  const cells = (/** @type {Side} */ { name }) =>
    networks.map((network) => {
      const key = keyOf(name, network.name, threads);
      const [step, epoch] = [results.median(key, "step"), results.median(key, "epoch")];
      return `${whole(step)} / ${whole(epoch)} (${whole(results.median(key, "peakMegabytes"))} MB)`;
    });
  const ratios = (/** @type {"step" | "epoch"} */ figure) =>
    networks.map((network) => {
      const of = (/** @type {Side} */ { name }) =>
        results.median(keyOf(name, network.name, threads), figure);
      const ours = of(sides.find(({ isOurs }) => isOurs) ?? { name: "", command: () => [] });
      const best = sides
        .filter(({ isOurs }) => !isOurs)
        .toSorted((a, b) => of(b) - of(a))
        .find((side) => of(side) > 0);
      return best === undefined ? "" : `${(ours / of(best)).toFixed(2)} × ${best.name}`;
    });
  const shares = networks.map(({ name, macs }) => {
    const step = results.median(keyOf(sides[0]?.name ?? "", name, threads), "step");
    const used = 6e-9 * macs * step;
    return gflops === undefined
      ? `${used.toFixed(0)} GFLOP/s`
      : `${used.toFixed(0)} GFLOP/s, ${((100 * used) / gflops).toFixed(0)} %`;
  });
  return [
    `${threads} ${threads === 1 ? "thread" : "threads"}:`,
    "",
    line(["", ...networks.map(({ name }) => name)]),
    line(["---", ...networks.map(() => "---")]),
    ...sides.map((side) => line([side.name, ...cells(side)])),
    line(["ours against the best other, step", ...ratios("step")]),
    line(["ours against the best other, epoch", ...ratios("epoch")]),
    ...(threads === os.availableParallelism() && sides[0]?.isOurs
      ? [line([`share of ${gflops?.toFixed(0) ?? "?"} GFLOP/s of sgemm`, ...shares])]
      : []),
  ].join("\n");
}

if (isMain(import.meta.url)) {
  await runTool(async () => {
    const { describe, networkNames } = /** @type {typeof import("./training/networks.ts")} */ (
      await import(pathToFileURL(await bundle("bench/training/networks.ts")).href)
    );
    const wanted = (/** @type {string | undefined} */ list) => (/** @type {string} */ name) =>
      list === undefined || list.split(",").some((part) => name.includes(part));
    const networks = networkNames.filter(wanted(options.networks)).map(describe);
    const sides = (await everySide()).filter(({ name }) => wanted(options.sides)(name));
    const results = new Results();
    const [busy = 0] = os.loadavg();
    /** @type {number[]} */
    const ceilings = [];
    const turns = threadCounts.flatMap((threads) =>
      networks.flatMap((network) => sides.map((side) => ({ threads, network, side }))),
    );
    for (let round = 1; round <= rounds; round += 1) {
      ceilings.push((await ceiling()) ?? Number.NaN);
      for (const { threads, network, side } of turns) {
        const measurement = await measure(side, network, threads).catch(lost);
        if (measurement !== undefined) {
          results.add(keyOf(side.name, network.name, threads), measurement);
          const { step, epoch } = measurement;
          say(
            `round ${round}, ${threads} threads, ${network.name}, ${side.name}: ${whole(step)} / ${whole(epoch)}`,
          );
        }
      }
    }
    const engines = sides.map(
      ({ name }) =>
        `${name}: ${results.engine(keyOf(name, networks[0]?.name ?? "", threadCounts[0]))}`,
    );
    const text = [
      `Images per second in training, batch 128, momentum, float32, accuracy computed: steps on one batch in memory / whole epochs from 8-bit images in memory, shuffled (peak memory of the process). ${rounds} rounds in turn, medians. ${describeMachine(busy)}`,
      ...threadCounts.map((threads) => table(results, sides, networks, threads, median(ceilings))),
      `${engines.join("; ")}.`,
    ].join("\n\n");
    say(`\n${text}`);
    if (options.write) {
      writeTable("training.md", "bench/training.mjs", text);
    }
  });
}
