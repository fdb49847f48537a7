// What keeping a run costs: metrics, event files, state and checkpoints, as a share of the training.
// node bench/keeping.mjs [--engines tfjs-node,wasm] [--write]
// --write puts the rows that were measured into docs/training.md and leaves the other.
import os from "node:os";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { isMain } from "../tools/lib/isMain.mjs";
import { inRoot } from "../tools/lib/paths.mjs";
import { build } from "../tools/build.mjs";
import { runNode } from "../tools/lib/process.mjs";
import { runTool, say } from "../tools/lib/say.mjs";
import { bundle } from "./lib/bundle.mjs";
import { describeMachine } from "./lib/describeMachine.mjs";
import { mergedTable } from "./lib/mergeTables.mjs";
import { readTable, writeTable } from "./lib/writeTable.mjs";

/** @typedef {import("./keeping/measure.ts").KeepingCost} KeepingCost */

const engines = ["tfjs-node", "wasm"];
const { values: options } = parseArgs({
  options: {
    engines: { type: "string", default: engines.join() },
    write: { type: "boolean", default: false },
  },
});

const header = ["engine", "training", "points", "keeping", "share", "measured"];

/** @param {KeepingCost} cost @param {number} load */
const row = ({ seconds, keepingSeconds, points }, load) => [
  `${seconds.toFixed(1)} s`,
  String(points),
  `${(1000 * keepingSeconds).toFixed(0)} ms`,
  `${((100 * keepingSeconds) / seconds).toFixed(2)} %`,
  `${new Date().toISOString().slice(0, 10)}, load ${load.toFixed(1)}`,
];

if (isMain(import.meta.url)) {
  await runTool(async () => {
    await build();
    const [load = 0] = os.loadavg();
    const native = /** @type {typeof import("../src/native/load.ts")} */ (
      await import(pathToFileURL(await bundle("src/native/load.ts")).href)
    );
    const file = await bundle("bench/keeping/measure.ts");
    /** @type {Map<string, readonly string[]>} */
    const rows = new Map();
    for (const engine of options.engines.split(",")) {
      const { code, output } = await runNode(
        file,
        [inRoot("examples", "lenet5.cnn.json"), engine],
        {
          env: native.nativeEnvironment(),
        },
      );
      const line = output.split("\n").findLast((text) => text.startsWith("{"));
      if (code === 0 && line !== undefined) {
        rows.set(engine, row(/** @type {KeepingCost} */ (JSON.parse(line)), load));
      } else {
        say(`${engine} failed:\n${output}`);
      }
    }
    const earlier = options.write ? readTable("training.md", "bench/keeping.mjs") : "";
    const text = [
      "LeNet-5 (examples/lenet5.cnn.json), three epochs of MNIST, every point, epoch and checkpoint kept.",
      describeMachine(load),
      "",
      mergedTable(earlier, { header, rows }, engines),
    ].join("\n");
    say(text);
    if (options.write) writeTable("training.md", "bench/keeping.mjs", text);
    return rows.size === 0 ? 1 : 0;
  });
}
