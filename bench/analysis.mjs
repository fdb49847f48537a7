// Milliseconds from the text of a design to all its numbers, cold, warm and after an edit, beside torchinfo and fvcore.
// node bench/analysis.mjs [--peers PYTHON] [--write]   PYTHON has torch, torchvision, torchinfo and fvcore
// --write puts the table into docs/analysis.md
import os from "node:os";
import { isMain } from "../tools/lib/isMain.mjs";
import { inRoot } from "../tools/lib/paths.mjs";
import { run, runNode } from "../tools/lib/process.mjs";
import { ToolError, runTool, say } from "../tools/lib/say.mjs";
import { bundle } from "./lib/bundle.mjs";
import { describeMachine } from "./lib/describeMachine.mjs";
import { writeTable } from "./lib/writeTable.mjs";

/** @typedef {import("./analysis/measure.ts").AnalysisTimes} AnalysisTimes */
/** @typedef {{ network: string, trainable: number, macs: number, torchinfo: number, fvcore: number }} PeerTimes */

/** Network, node in its middle that is edited, and the option. */
const networks = [
  ["resnet1001PreActivation", "stage2", "filters"],
  ["densenet264", "dense3", "growthRate"],
];

/**
 * The lines of JSON that a program printed.
 * @template T
 * @param {string} name
 * @param {{ code: number | null, output: string }} result
 * @returns {readonly T[]}
 */
function linesOf(name, { code, output }) {
  const lines = output.split("\n").filter((line) => line.startsWith("{"));
  if (code !== 0 || lines.length === 0) throw new ToolError(`${name} failed:\n${output}`);
  return lines.map((line) => /** @type {T} */ (JSON.parse(line)));
}

/** @param {readonly AnalysisTimes[]} ours @param {readonly PeerTimes[]} peers */
function table(ours, peers) {
  const rows = ours.map((times) => {
    const peer = peers.find(({ network }) => network === times.network);
    if (peer !== undefined && (peer.trainable !== times.trainable || peer.macs !== times.macs)) {
      throw new ToolError(`${times.network}: fvcore and PyTorch count otherwise.`);
    }
    const ratio = (/** @type {number | undefined} */ other) =>
      other === undefined ? "" : `${other.toFixed(0)} ms, ${(other / times.warm).toFixed(0)} ×`;
    return [
      times.network,
      times.layers.toLocaleString("en-US"),
      `${times.cold.toFixed(0)} ms`,
      `${times.warm.toFixed(1)} ms (${times.warmLeast.toFixed(1)})`,
      `${times.edited.toFixed(1)} ms (${times.editedLeast.toFixed(1)})`,
      ratio(peer?.torchinfo),
      ratio(peer?.fvcore),
    ];
  });
  const head = [
    "network",
    "layers",
    "cold",
    "warm: median (least)",
    "after an edit",
    "torchinfo",
    "fvcore",
  ];
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** @returns {Promise<readonly PeerTimes[]>} */
async function askPeers() {
  const place = process.argv.indexOf("--peers");
  if (place === -1) return [];
  const python = process.argv[place + 1] ?? "python3";
  const result = await run(python, [inRoot("bench", "analysis", "peers.py")]);
  return linesOf("bench/analysis/peers.py", result);
}

if (isMain(import.meta.url)) {
  await runTool(async () => {
    const load = os.loadavg()[0] ?? 0;
    const program = await bundle("bench/analysis/measure.ts");
    /** @type {AnalysisTimes[]} */
    const ours = [];
    for (const parameters of networks) {
      const result = await runNode(program, parameters);
      /** @type {readonly AnalysisTimes[]} */
      const times = linesOf("bench/analysis/measure.ts", result);
      ours.push(...times);
    }
    const peers = await askPeers();
    const machine = describeMachine(load);
    const text = `${machine}\n\n${table(ours, peers)}`;
    say(text);
    if (process.argv.includes("--write")) writeTable("analysis.md", "bench/analysis.mjs", text);
  });
}
