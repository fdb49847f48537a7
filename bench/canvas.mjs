// The canvas in the real VS Code beside Netron in the same browser: opening, panning, zooming, dragging, editing.
// node bench/canvas.mjs [--rounds N] [--edits N] [--designs flat,blocks,large] [--quick] [--write]
// --quick takes a minute and is no measurement; --write puts the table of each design that was measured into docs/canvas.md
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { isMain } from "../tools/lib/isMain.mjs";
import { inRoot } from "../tools/lib/paths.mjs";
import { ToolError, runTool, say } from "../tools/lib/say.mjs";
import { netronEnvironment } from "../tools/python.mjs";
import { bundle } from "./lib/bundle.mjs";
import { describeMachine } from "./lib/describeMachine.mjs";
import { writeTable } from "./lib/writeTable.mjs";

/** @typedef {import("./canvas/measurement.ts").Round} Round */

const isQuick = process.argv.includes("--quick");

/** @param {string} name @param {string} otherwise */
function argument(name, otherwise) {
  const place = process.argv.indexOf(`--${name}`);
  return place === -1 ? otherwise : (process.argv[place + 1] ?? otherwise);
}

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/**
 * Starts a program whose standard output is ours to read.
 * @param {string} program
 * @param {readonly string[]} parameters
 */
function start(program, parameters) {
  const child = spawn(program, parameters, { stdio: ["pipe", "pipe", "inherit"] });
  running.add(child);
  child.on("close", () => running.delete(child));
  child.stdout.setEncoding("utf8");
  return child;
}

/**
 * Everything that a program prints.
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {string} [input]
 * @returns {Promise<string>}
 */
function outputOf(program, parameters, input = "") {
  const child = start(program, parameters);
  child.stdin.end(input);
  let output = "";
  child.stdout.on("data", (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(output) : reject(new ToolError(`${parameters[0]} failed.`)),
    );
  });
}

/**
 * Hands over each line that a script prints, as it comes; false where the script failed.
 * @param {readonly string[]} parameters
 * @param {(line: string) => void} take
 * @returns {Promise<boolean>}
 */
function eachLine(parameters, take) {
  const child = start(process.execPath, parameters);
  child.stdin.end();
  createInterface({ input: child.stdout }).on("line", take);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code === 0));
  });
}

/**
 * The first line of a program that goes on.
 * @param {string} program
 * @param {readonly string[]} parameters
 * @returns {Promise<string>}
 */
function firstLineOf(program, parameters) {
  const child = start(program, parameters);
  let output = "";
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => reject(new ToolError(`${parameters[0]} ended.`)));
    child.stdout.on("data", (text) => {
      output += text;
      const line = output.split("\n").find((each) => each.startsWith("http://"));
      if (line !== undefined) resolve(line);
    });
  });
}

/**
 * Writes every design as ONNX and has Netron serve each of them.
 * @param {string} python
 * @param {string} folder
 * @param {readonly string[]} wanted
 * @returns {Promise<readonly string[]>} `design=address`
 */
async function serve(python, folder, wanted) {
  const printed = await outputOf(process.execPath, [await bundle("bench/canvas/plans.ts")]);
  const all = /** @type {readonly import("./canvas/plans.ts").DesignPlan[]} */ (
    JSON.parse(printed)
  );
  const chosen = all.filter(({ id }) => wanted.includes(id));
  const files = chosen.map(({ id }) => path.join(folder, `${id}.onnx`));
  const plans = chosen.map(({ plan }) => plan);
  const writer = inRoot("bench", "canvas", "writeOnnx.py");
  await outputOf(python, [writer, ...files], JSON.stringify(plans));
  const server = inRoot("bench", "canvas", "serveNetron.py");
  return Promise.all(
    chosen.map(async ({ id }, index) => {
      const address = await firstLineOf(python, [server, files[index] ?? ""]);
      return `${id}=${address}`;
    }),
  );
}

/** @param {readonly number[]} values @param {number} share */
function quantile(values, share) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** @param {readonly number[]} values */
const median = (values) => quantile(values, 0.5);

/** Median and 95th percentile; a dash where no round came so far. @param {readonly number[]} values */
const both = (values) =>
  values.length === 0
    ? "–"
    : `${median(values).toFixed(0)} / ${quantile(values, 0.95).toFixed(0)} ms`;

/** @param {readonly number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Each round has both beside each other, so what else the machine does weighs on both.
 * @param {readonly Round[]} rounds
 * @param {(round: Round["netron"]) => readonly number[]} of
 */
function ratio(rounds, of) {
  const ratios = rounds.flatMap(({ canvas, netron }) =>
    of(canvas).length === 0 || of(netron).length === 0 ? [] : [mean(of(canvas)) / mean(of(netron))],
  );
  return ratios.length === 0 ? "–" : `${median(ratios).toFixed(2)} ×`;
}

/**
 * @param {string} what
 * @param {readonly Round[]} rounds
 * @param {(round: Round["netron"]) => readonly number[]} of
 */
const compared = (what, rounds, of) => [
  what,
  both(rounds.flatMap(({ canvas }) => of(canvas))),
  both(rounds.flatMap(({ netron }) => of(netron))),
  ratio(rounds, of),
];

/**
 * @param {string} what
 * @param {readonly Round[]} rounds
 * @param {(round: Round["canvas"]) => readonly number[]} of
 */
const alone = (what, rounds, of) => [
  what,
  both(rounds.flatMap(({ canvas }) => of(canvas))),
  "",
  "",
];

/** The table of one design. @param {readonly [Round, ...Round[]]} rounds */
function table(rounds) {
  const [{ title, layers }] = rounds;
  const head = [`${title}, ${layers.toLocaleString("en-US")} layers`, "canvas", "Netron", "ratio"];
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(" | ")} |`;
  return [
    line(head),
    line(head.map(() => "---")),
    line(compared("opening, until it is seen", rounds, ({ opened }) => opened)),
    line(compared("opening, until nothing moves any more", rounds, ({ settled }) => settled)),
    line(compared("panning, frame to frame", rounds, ({ pan }) => pan)),
    line(compared("zooming, frame to frame", rounds, ({ zoom }) => zoom)),
    line(alone("dragging a node, frame to frame", rounds, ({ drag }) => drag)),
    line(alone("edit: Enter to new total", rounds, ({ edits }) => edits)),
    line(alone("edit: Enter to new card", rounds, ({ cards }) => cards)),
  ].join("\n");
}

if (isMain(import.meta.url)) {
  const load = os.loadavg()[0] ?? 0;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-canvas-"));
  await runTool(async () => {
    try {
      const environment = await netronEnvironment();
      if (!("python" in environment)) throw new ToolError(Object.values(environment).join(" "));
      const wanted = argument("designs", isQuick ? "flat" : "flat,blocks,large").split(",");
      const served = await serve(environment.python, folder, wanted);
      const count = [
        argument("rounds", isQuick ? "0" : "5"),
        argument("edits", isQuick ? "4" : "10"),
      ];
      const program = await bundle("bench/canvas/measure.ts");
      /** @type {Round[]} */
      const rounds = [];
      const hasEnded = await eachLine([program, ...count, ...served], (text) => {
        const round = /** @type {Round} */ (JSON.parse(text));
        rounds.push(round);
        say(
          `${round.design}: round ${rounds.filter(({ design }) => design === round.design).length}`,
        );
      });
      for (const id of wanted) {
        const [first, ...more] = rounds.filter(({ design }) => design === id);
        if (first === undefined) {
          say(`${id}: no round came to its end.`);
          continue;
        }
        const words = `${describeMachine(load)} Rounds: ${more.length + 1}.\n\n${table([first, ...more])}`;
        say(words);
        if (process.argv.includes("--write")) {
          writeTable("canvas.md", `bench/canvas.mjs ${id}`, words);
        }
      }
      if (!hasEnded) throw new ToolError("The measurement ended before its last round.");
    } finally {
      for (const child of running) child.kill();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
}
