// What mixed precision costs in accuracy and gives in speed: the same trainings in float32 and bfloat16, in turn.
// node bench/precision.mjs [--seeds 1,2,3] [--networks LeNet-5,ResNet-20] [--write]   after npm run build
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { applyEdits, modify } from "jsonc-parser";
import { importSource } from "../tools/lib/importSource.mjs";
import { isMain } from "../tools/lib/isMain.mjs";
import { inRoot } from "../tools/lib/paths.mjs";
import { runNode } from "../tools/lib/process.mjs";
import { ToolError, runTool, say } from "../tools/lib/say.mjs";
import { describeMachine } from "./lib/describeMachine.mjs";
import { writeTable } from "./lib/writeTable.mjs";

const { values: options } = parseArgs({
  options: {
    seeds: { type: "string", default: "1,2,3" },
    networks: { type: "string", default: "LeNet-5,ResNet-20" },
    write: { type: "boolean", default: false },
  },
});

const precisions = /** @type {const} */ (["float32", "mixedBfloat16"]);

/** @typedef {{ testLoss: number, testAccuracy: number, imagesPerSecond: number }} Ending */
/** @typedef {{ name: string, what: string, text: string }} Design */

/** @returns {Promise<readonly Design[]>} */
async function designs() {
  const { zoo } = /** @type {typeof import("../src/core/zoo/zoo.ts")} */ (
    await importSource("src/core/zoo/zoo.ts")
  );
  const { zooText } = /** @type {typeof import("../src/core/zoo/zooText.ts")} */ (
    await importSource("src/core/zoo/zooText.ts")
  );
  const resnet = zoo.find(({ id }) => id === "resnet20Projection");
  if (resnet === undefined) throw new ToolError("The zoo has no ResNet-20.");
  return [
    {
      name: "LeNet-5",
      what: "12 epochs of MNIST (examples/lenet5-99.cnn.json)",
      text: fs.readFileSync(inRoot("examples", "lenet5-99.cnn.json"), "utf8"),
    },
    {
      name: "ResNet-20",
      what: "4 epochs of the synthetic data set, 32 × 32 × 3, batches of 32",
      text: set(zooText(resnet), ["training"], {
        dataset: "synthetic",
        optimizer: { type: "sgd", learningRate: 0.05, momentum: 0.9 },
        schedule: "oneCycle",
        batchSize: 32,
        epochs: 4,
      }),
    },
  ];
}

/** @param {string} text @param {string[]} place @param {unknown} value */
const set = (text, place, value) => applyEdits(text, modify(text, place, value, {}));

/**
 * @param {Design} design
 * @param {(typeof precisions)[number]} precision
 * @param {number} seed
 * @returns {Promise<Ending>}
 */
async function train({ name, text }, precision, seed) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "precision-"));
  const file = path.join(folder, "design.cnn.json");
  try {
    fs.writeFileSync(
      file,
      set(set(text, ["training", "precision"], precision), ["training", "seed"], seed),
    );
    const { code, output } = await runNode(inRoot("dist", "cli.js"), [
      "train",
      file,
      "--engine",
      "tfjs-node",
      "--json",
    ]);
    const line = output.split("\n").findLast((each) => each.startsWith('{"type":"finished"'));
    if (code !== 0 || line === undefined) {
      throw new ToolError(`${name} failed:\n${output.slice(-2000)}`);
    }
    return /** @type {Ending} */ (JSON.parse(line));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** @param {Design} design @param {readonly number[]} seeds */
async function rowsOf(design, seeds) {
  /** @type {Record<(typeof precisions)[number], Ending[]>} */
  const endings = { float32: [], mixedBfloat16: [] };
  for (const seed of seeds) {
    for (const precision of precisions) {
      const ending = await train(design, precision, seed);
      endings[precision].push(ending);
      say(`${design.name}, ${precision}, seed ${seed}: ${JSON.stringify(ending)}`);
    }
  }
  return precisions.map((precision) => {
    const accuracies = endings[precision].map((one) => (100 * one.testAccuracy).toFixed(2));
    const loss = median(endings[precision].map((one) => one.testLoss));
    const speed = median(endings[precision].map((one) => one.imagesPerSecond));
    return `| ${design.name}, ${design.what} | \`${precision}\` | ${accuracies.join(", ")} % | ${loss.toFixed(4)} | ${Math.round(speed).toLocaleString("en-US")} |`;
  });
}

if (isMain(import.meta.url)) {
  await runTool(async () => {
    const [load = 0] = os.loadavg();
    const seeds = options.seeds.split(",").map(Number);
    const wanted = (await designs()).filter(({ name }) => options.networks.includes(name));
    /** @type {string[]} */
    const rows = [];
    for (const design of wanted) rows.push(...(await rowsOf(design, seeds)));
    const text = [
      `Seeds ${seeds.join(", ")}, both precisions in turn; accuracy on the test images of each seed, medians of their loss and of images per second.`,
      describeMachine(load),
      "",
      "| | precision | test accuracy | test loss | images/s |",
      "|---|---|---|---|---|",
      ...rows,
    ].join("\n");
    say(text);
    if (options.write) writeTable("training.md", "bench/precision.mjs", text);
    return 0;
  });
}
