// What keeping a run costs: metrics, event files, state and checkpoints, as a share of the training.
// node bench/keeping.mjs [--write]   --write puts the table into docs/training.md
import os from "node:os";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { isMain } from "../tools/lib/isMain.mjs";
import { inRoot } from "../tools/lib/paths.mjs";
import { runNode } from "../tools/lib/process.mjs";
import { ToolError, runTool, say } from "../tools/lib/say.mjs";
import { bundle } from "./lib/bundle.mjs";
import { describeMachine } from "./lib/describeMachine.mjs";
import { writeTable } from "./lib/writeTable.mjs";

/** @typedef {import("./keeping/measure.ts").KeepingCost} KeepingCost */

const { values: options } = parseArgs({ options: { write: { type: "boolean", default: false } } });

/** @param {KeepingCost} cost */
const row = ({ engine, seconds, keepingSeconds, points }) =>
  `| ${engine} | ${seconds.toFixed(1)} s | ${points} | ${(1000 * keepingSeconds).toFixed(0)} ms | ${((100 * keepingSeconds) / seconds).toFixed(2)} % |`;

if (isMain(import.meta.url)) {
  await runTool(async () => {
    const [load = 0] = os.loadavg();
    const native = /** @type {typeof import("../src/native/load.ts")} */ (
      await import(pathToFileURL(await bundle("src/native/load.ts")).href)
    );
    const file = await bundle("bench/keeping/measure.ts");
    /** @type {string[]} */
    const rows = [];
    for (const engine of ["tfjs-node", "wasm"]) {
      const { code, output } = await runNode(
        file,
        [inRoot("examples", "lenet5.cnn.json"), engine],
        {
          env: native.nativeEnvironment(),
        },
      );
      const line = output.split("\n").findLast((text) => text.startsWith("{"));
      if (code !== 0 || line === undefined) throw new ToolError(`${engine} failed:\n${output}`);
      rows.push(row(/** @type {KeepingCost} */ (JSON.parse(line))));
    }
    const text = [
      "LeNet-5 (examples/lenet5.cnn.json), three epochs of MNIST, every point, epoch and checkpoint kept.",
      describeMachine(load),
      "",
      "| | training | points | keeping | share |",
      "|---|---|---|---|---|",
      ...rows,
    ].join("\n");
    say(text);
    if (options.write) writeTable("training.md", "bench/keeping.mjs", text);
    return 0;
  });
}
