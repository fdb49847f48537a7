import * as esbuild from "esbuild";
import fs from "node:fs";
import path from "node:path";
import { inRoot } from "../../tools/lib/paths.mjs";

/** Modules that look for files beside themselves must find them from inside the bundle too. @type {esbuild.Plugin} */
const ownPlaces = {
  name: "own-places",
  setup: (hooks) =>
    hooks.onLoad({ filter: /[/\\](tools|test)[/\\].*\.ts$/ }, (module) => ({
      contents: fs
        .readFileSync(module.path, "utf8")
        .replaceAll("import.meta.dirname", JSON.stringify(path.dirname(module.path))),
      loader: "ts",
    })),
};

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
    external: ["playwright-core"],
    plugins: [ownPlaces],
    logLevel: "error",
  });
  return outfile;
}
