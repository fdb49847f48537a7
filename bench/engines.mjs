// Images per second of every engine on the same step, beside model.fit in plain tfjs-node, in one run.
// node bench/engines.mjs [--write]   --write puts the table into docs/training.md
import os from "node:os";
import { pathToFileURL } from "node:url";
import { isMain } from "../tools/lib/isMain.mjs";
import { runNode } from "../tools/lib/process.mjs";
import { ToolError, runTool, say } from "../tools/lib/say.mjs";
import { bundle } from "./lib/bundle.mjs";
import { describeMachine } from "./lib/describeMachine.mjs";
import { writeTable } from "./lib/writeTable.mjs";

/** @typedef {import("./engines/networks.ts").EngineMeasurement} Measurement */
/** @typedef {{ readonly name: string, readonly file: string, readonly parameters: readonly string[], readonly env: Record<string, string> }} Side */

const rounds = 3;
const networks = /** @type {const} */ ({ lenet5: "LeNet-5", resnet20Projection: "ResNet-20" });

/** @param {Side} side @param {string} network @returns {Promise<Measurement>} */
async function measure({ name, file, parameters, env }, network) {
  const { code, output } = await runNode(file, [network, ...parameters], { env });
  const line = output.split("\n").findLast((text) => text.startsWith("{"));
  if (code !== 0 || line === undefined) {
    throw new ToolError(`${name} failed:\n${output}`);
  }
  return /** @type {Measurement} */ (JSON.parse(line));
}

async function sidesOf() {
  const native = /** @type {typeof import("../src/native/load.ts")} */ (
    await import(pathToFileURL(await bundle("src/native/load.ts")).href)
  );
  const engine = await bundle("bench/engines/engine.ts");
  const fit = await bundle("bench/engines/fit.ts");
  const threads = os.availableParallelism();
  const env = native.nativeEnvironment();
  /** @type {readonly Side[]} */
  const sides = [
    { name: `native, ${threads} threads`, file: engine, parameters: ["native"], env },
    { name: `WASM, ${threads} threads`, file: engine, parameters: ["wasm"], env: {} },
    { name: "WASM, 1 thread", file: engine, parameters: ["wasm", "1"], env: {} },
    { name: "plain tfjs-node: `model.fit`", file: fit, parameters: [], env: {} },
  ];
  return sides;
}

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** @param {number} value */
const whole = (value) => Math.round(value).toLocaleString("en-US");

/** @param {Map<string, Measurement[]>} measured @param {readonly Side[]} sides @param {number} load */
function table(measured, sides, load) {
  const of = (/** @type {string} */ side, /** @type {string} */ network) =>
    measured.get(`${side} ${network}`) ?? [];
  const speed = (/** @type {readonly Measurement[]} */ runs) =>
    median(runs.map(({ imagesPerSecond }) => imagesPerSecond));
  const plain = sides.at(-1)?.name ?? "";
  const cells = (/** @type {string} */ side, /** @type {string} */ network) => {
    const runs = of(side, network);
    const all = runs.map(({ imagesPerSecond }) => whole(imagesPerSecond)).join(", ");
    const ratio = (speed(runs) / speed(of(plain, network))).toFixed(2);
    const memory = median(runs.map(({ peakMegabytes }) => peakMegabytes));
    return `${whole(speed(runs))} (${all}) | ${ratio} | ${whole(memory)} MB`;
  };
  const ids = Object.keys(networks);
  const version = of(plain, ids[0] ?? "")[0]?.engine ?? "";
  return [
    `Images per second in training, batch 128, momentum, float32, data in memory; ${rounds} rounds in turn, median (all).`,
    `${version}; ${describeMachine(load)}`,
    "",
    `| | ${Object.values(networks)
      .map((name) => `${name} | ratio | peak memory`)
      .join(" | ")} |`,
    `|---|${ids.map(() => "---|---|---|").join("")}`,
    ...sides.map(({ name }) => `| ${name} | ${ids.map((id) => cells(name, id)).join(" | ")} |`),
  ].join("\n");
}

if (isMain(import.meta.url)) {
  await runTool(async () => {
    const sides = await sidesOf();
    /** @type {Map<string, Measurement[]>} */
    const measured = new Map();
    const [load = 0] = os.loadavg();
    for (let round = 1; round <= rounds; round += 1) {
      for (const network of Object.keys(networks)) {
        for (const side of sides) {
          const measurement = await measure(side, network);
          const key = `${side.name} ${network}`;
          measured.set(key, [...(measured.get(key) ?? []), measurement]);
          const speed = whole(measurement.imagesPerSecond);
          say(`round ${round}, ${network}, ${side.name}: ${speed} images per second`);
        }
      }
    }
    const text = table(measured, sides, load);
    say(`\n${text}`);
    if (process.argv.includes("--write")) {
      writeTable("training.md", "bench/engines.mjs", text);
    }
  });
}
