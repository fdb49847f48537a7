import { pathToFileURL } from "node:url";
import { inRoot } from "./paths.mjs";

/**
 * Imports a TypeScript module of src/: Node 20 cannot run TypeScript, so it is bundled below node_modules first.
 * @param {string} source path from the root, for example `src/native/install.ts`
 * @returns {Promise<unknown>}
 */
export async function importSource(source) {
  const esbuild = await import("esbuild");
  const name = source.replace(/\.ts$/, "").replaceAll("/", "-");
  const outfile = inRoot("node_modules", ".cache", "cnn-architect", `${name}.mjs`);
  await esbuild.build({
    absWorkingDir: inRoot(),
    entryPoints: [source],
    outfile,
    bundle: true,
    format: "esm",
    packages: "external",
    platform: "node",
    target: "node20",
    logLevel: "error",
  });
  return import(pathToFileURL(outfile).href);
}
