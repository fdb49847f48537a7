import fs from "node:fs";
import path from "node:path";
import { t } from "../core/text/t.ts";
import { lastLines } from "./lastLines.ts";
import { nativeEnvironment } from "./load.ts";
import { packageName } from "./nativeEngine.ts";
import { RoadClosed } from "./nativeInstallError.ts";
import { nodeProgram } from "./nodeProgram.ts";
import type { Workshop } from "./workshop.ts";

// A process of its own: a library that does not fit can end the process that loads it.
const program = `
const util = require("node:util");
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;
const tf = require(${JSON.stringify(packageName)});
const product = tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).dataSync();
if (product.join() !== "19,22,43,50") throw new Error("2 x 2 product is " + product.join());
console.log("TensorFlow=" + tf.backend().binding.TF_Version);
`;

/** Loads the staged engine in another process, lets it multiply two matrices, and returns the version of TensorFlow. */
export async function tryEngine({
  report,
  run,
  signal,
  staging,
}: Pick<Workshop, "report" | "run" | "signal" | "staging">): Promise<string> {
  report({ phase: "try", message: "Trying the engine" });
  const file = path.join(staging, "try.cjs");
  fs.writeFileSync(file, program);
  const { code, output } = await run(nodeProgram(), [file], {
    cwd: staging,
    environment: nativeEnvironment(),
    signal,
  });
  fs.rmSync(file);
  const version = /^TensorFlow=(.+)$/m.exec(output)?.[1];
  if (code !== 0 || version === undefined) {
    throw new RoadClosed(`${t("the engine does not load:")}\n${lastLines(output)}`);
  }
  return version;
}
