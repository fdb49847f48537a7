// Images per second of the training graph and of model.fit in plain tfjs-node, on the whole of MNIST, in one run.
// node bench/training.mjs [--rounds N] [--write]   --write puts the table into docs/training.md
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { isMain } from "../tools/lib/isMain.mjs";
import { inRoot } from "../tools/lib/paths.mjs";
import { runNode } from "../tools/lib/process.mjs";
import { ToolError, runTool, say } from "../tools/lib/say.mjs";
import { bundle } from "./lib/bundle.mjs";
import { describeMachine } from "./lib/describeMachine.mjs";
import { writeTable } from "./lib/writeTable.mjs";

/** @typedef {import("./training/measurement.ts").Measurement} Measurement */

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    write: { type: "boolean", default: false },
  },
});
const rounds = Number(options.rounds);
const sides = /** @type {const} */ (["graph", "fit"]);

/**
 * @param {string} file
 * @param {Record<string, string>} env
 * @returns {Promise<Measurement>}
 */
async function measure(file, env) {
  const { code, output } = await runNode(file, [inRoot("examples", "lenet5.cnn.json")], { env });
  const line = output.split("\n").findLast((text) => text.startsWith("{"));
  if (code !== 0 || line === undefined) {
    throw new ToolError(`${path.basename(file)} failed:\n${output}`);
  }
  return /** @type {Measurement} */ (JSON.parse(line));
}

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** @param {number} value */
const whole = (value) => Math.round(value).toLocaleString("en-US");

/**
 * @param {Record<(typeof sides)[number], readonly Measurement[]>} measured
 * @param {number} load load average of the machine before the first round
 */
function table({ graph, fit }, load) {
  const speed = (/** @type {readonly Measurement[]} */ runs) =>
    median(runs.map(({ imagesPerSecond }) => imagesPerSecond));
  const row = (/** @type {string} */ name, /** @type {readonly Measurement[]} */ runs) =>
    `| ${[
      name,
      `${whole(speed(runs))} (${runs.map(({ imagesPerSecond }) => whole(imagesPerSecond)).join(", ")})`,
      (speed(runs) / speed(fit)).toFixed(2),
      `${(100 * median(runs.map(({ testAccuracy }) => testAccuracy))).toFixed(2)} %`,
      `${whole(median(runs.map(({ peakMegabytes }) => peakMegabytes)))} MB`,
    ].join(" | ")} |`;
  return [
    `LeNet-5 (examples/lenet5.cnn.json), all 60,000 images of MNIST, batch 128, Adam; second of two epochs, ${rounds} rounds in turn, median (all).`,
    `${graph[0]?.engine}; ${describeMachine(load)}`,
    "",
    "| | images per second | ratio | test accuracy after 2 epochs | peak memory |",
    "|---|---|---|---|---|",
    row("CNN Architect: one training graph", graph),
    row("plain tfjs-node: `model.fit`", fit),
  ].join("\n");
}

if (isMain(import.meta.url)) {
  await runTool(async () => {
    const native = /** @type {typeof import("../src/native/load.ts")} */ (
      await import(pathToFileURL(await bundle("src/native/load.ts")).href)
    );
    // Settings that matter are part of ours; plain is what a person gets who installs tfjs-node.
    const environments = { graph: native.nativeEnvironment(), fit: {} };
    const files = {
      graph: await bundle("bench/training/graph.ts"),
      fit: await bundle("bench/training/fit.ts"),
    };
    /** @type {Record<(typeof sides)[number], Measurement[]>} */
    const measured = { graph: [], fit: [] };
    const [load = 0] = os.loadavg();
    for (let round = 1; round <= rounds; round += 1) {
      for (const side of sides) {
        const measurement = await measure(files[side], environments[side]);
        measured[side].push(measurement);
        say(`round ${round}, ${side}: ${whole(measurement.imagesPerSecond)} images per second`);
      }
    }
    const text = table(measured, load);
    say(`\n${text}`);
    if (options.write) {
      writeTable("training.md", "bench/training.mjs", text);
    }
  });
}
