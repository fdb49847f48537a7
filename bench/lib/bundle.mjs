import * as esbuild from "esbuild";
import { inRoot } from "../../tools/lib/paths.mjs";

/**
 * Bundles TypeScript to where packages are found from.
 * @param {string} entry
 */
export async function bundle(entry) {
  const name = entry.replace(/\.ts$/, ".mjs").replaceAll("/", "-");
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
