import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Bundles a file of the repository as the build does, to a place from which packages are found; returns that place. */
export async function bundle(entry: string, name: string): Promise<string> {
  const outfile = path.join(root, "node_modules", ".cache", "cnn-architect-tests", name);
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["@tensorflow/tfjs-node"],
    mainFields: ["module", "main"],
    define: { "import.meta.url": "moduleUrl" },
    banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
    logLevel: "error",
  });
  return outfile;
}
