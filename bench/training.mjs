// Images per second of the training graph and of model.fit in plain tfjs-node, on the whole of MNIST, in one run.
// node bench/training.mjs [--rounds N] [--write]   --write puts the table into docs/training.md
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";
import { isMain } from "../tools/lib/isMain.mjs";
import { inRoot } from "../tools/lib/paths.mjs";
import { runNode } from "../tools/lib/process.mjs";
import { ToolError, runTool, say } from "../tools/lib/say.mjs";

/** @typedef {import("./training/measurement.ts").Measurement} Measurement */

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    write: { type: "boolean", default: false },
  },
});
const rounds = Number(options.rounds);
const sides = /** @type {const} */ (["graph", "fit"]);
const markers = ["<!-- bench/training.mjs: begin -->", "<!-- bench/training.mjs: end -->"];

/** Bundles TypeScript to where packages are found from. @param {string} entry */
async function bundle(entry) {
  const name = `${path.basename(entry, ".ts")}.mjs`;
  const outfile = inRoot("node_modules", ".cache", "cnn-architect-bench", name);
  await esbuild.build({
    entryPoints: [inRoot(entry)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    mainFields: ["module", "main"],
    logLevel: "error",
  });
  return outfile;
}

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
  const cpu = os.cpus()[0]?.model.trim() ?? "unknown processor";
  return [
    `LeNet-5 (examples/lenet5.cnn.json), all 60,000 images of MNIST, batch 128, Adam; second of two epochs, ${rounds} rounds in turn, median (all).`,
    `${graph[0]?.engine}; Node ${process.versions.node}; ${os.availableParallelism()} cores, ${cpu}; load average ${load.toFixed(1)} before it began.`,
    "",
    "| | images per second | ratio | test accuracy after 2 epochs | peak memory |",
    "|---|---|---|---|---|",
    row("CNN Architect: one training graph", graph),
    row("plain tfjs-node: `model.fit`", fit),
  ].join("\n");
}

/** @param {string} text */
function write(text) {
  const file = inRoot("docs", "training.md");
  const [begin = "", end = ""] = markers;
  const document = fs.readFileSync(file, "utf8");
  const [start, stop] = [document.indexOf(begin), document.indexOf(end)];
  if (start === -1 || stop === -1) {
    throw new ToolError(`docs/training.md has lost its markers ${markers.join(" and ")}.`);
  }
  const before = document.slice(0, start + begin.length);
  fs.writeFileSync(file, `${before}\n\n${text}\n\n${document.slice(stop)}`);
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
      write(text);
    }
  });
}
