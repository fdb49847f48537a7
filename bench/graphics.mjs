// Training on a graphics adapter: the WebGPU engine beside PyTorch on the same one, images per second.
// node bench/graphics.mjs [--networks NAMES] [--rounds N] [--seconds N] [--python python3] [--write]
// Needs `npm run webgpu`, an adapter, and for the peers a Python with a PyTorch that sees it.
import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { isMain } from "../tools/lib/isMain.mjs";
import { inRoot } from "../tools/lib/paths.mjs";
import { runNode } from "../tools/lib/process.mjs";
import { runTool, say } from "../tools/lib/say.mjs";
import { bundle } from "./lib/bundle.mjs";
import { writeTable } from "./lib/writeTable.mjs";

/** @typedef {import("./graphics/measure.ts").GraphicsMeasurement} GraphicsMeasurement */

const { values: options } = parseArgs({
  options: {
    networks: {
      type: "string",
      default: "LeNet-5,ResNet-20,GoogLeNet small,DenseNet-22,MobileNet small",
    },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "2" },
    python: { type: "string", default: "python3" },
    write: { type: "boolean", default: false },
  },
});

const variants = ["eager", "channels_last", "compile"];

/** @param {string} output */
const lastJson = (output) => output.split("\n").findLast((line) => line.startsWith("{"));

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Images per second of a peer, or why it has none.
 * @param {string} variant @param {string} description
 */
function peer(variant, description) {
  try {
    const output = execFileSync(
      options.python,
      [inRoot("bench/training/peers/torch_peer.py"), variant],
      {
        input: `${description}\n`,
        encoding: "utf8",
        env: { ...process.env, BENCH_SECONDS: options.seconds, BENCH_DEVICE: "cuda" },
        stdio: ["pipe", "pipe", "inherit"],
        timeout: 120_000,
      },
    );
    return /** @type {{ step: number, engine: string }} */ (JSON.parse(lastJson(output) ?? ""));
  } catch (error) {
    say(`PyTorch, ${variant}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

if (isMain(import.meta.url)) {
  await runTool(async () => {
    const file = await bundle("bench/graphics/measure.ts");
    const names = new Set();
    const rows = [];
    for (const network of options.networks.split(",")) {
      /** @type {Record<string, number[]>} */
      const speeds = {};
      for (let round = 0; round < Number(options.rounds); round += 1) {
        const { code, output } = await runNode(file, [network], {
          env: { ...process.env, BENCH_SECONDS: options.seconds },
        });
        const line = lastJson(output);
        if (code !== 0 || line === undefined) {
          say(output);
          return 1;
        }
        const ours = /** @type {GraphicsMeasurement} */ (JSON.parse(line));
        names.add(ours.engine);
        (speeds["ours"] ??= []).push(ours.step);
        for (const variant of variants) {
          const theirs = peer(variant, ours.description);
          if (theirs !== undefined) {
            names.add(theirs.engine);
            (speeds[variant] ??= []).push(theirs.step);
          }
        }
      }
      const ours = median(speeds["ours"] ?? []) ?? 0;
      const cells = variants.map((variant) => {
        const theirs = median(speeds[variant] ?? []);
        return theirs === undefined
          ? "–"
          : `${theirs.toFixed(0)} (${(ours / theirs).toFixed(2)} ×)`;
      });
      rows.push(`| ${network} | ${ours.toFixed(0)} | ${cells.join(" | ")} |`);
      say(rows.at(-1) ?? "");
    }
    const text = [
      `${[...names].join("; ")}. Batches of 128, float32, rounds: ${options.rounds}, medians of their steps; in brackets how many times as fast ours is.`,
      "",
      `| network | ours | ${variants.map((variant) => `PyTorch, ${variant}`).join(" | ")} |`,
      `|---|---|${variants.map(() => "---|").join("")}`,
      ...rows,
    ].join("\n");
    say(text);
    if (options.write) writeTable("training.md", "bench/graphics.mjs", text);
    return 0;
  });
}
