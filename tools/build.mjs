import fs from "node:fs";
import path from "node:path";
import { isMain } from "./lib/isMain.mjs";
import { buildKernels } from "./kernels.mjs";
import { inRoot, root } from "./lib/paths.mjs";
import { runNode } from "./lib/process.mjs";
import { ToolError, runTool, say, seconds, size } from "./lib/say.mjs";
import { setup } from "./setup.mjs";

/** @typedef {import("esbuild").BuildOptions} BuildOptions */

/** @type {BuildOptions} */
const everywhere = {
  absWorkingDir: root,
  bundle: true,
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "linked",
  logLevel: "silent",
  metafile: true,
  sourcemap: "linked",
  write: true,
};

// VS Code loads an extension with require(), and Node 20 is the oldest that runs any of these.
/** @type {BuildOptions} */
const forNode = {
  ...everywhere,
  platform: "node",
  target: "node20",
  format: "cjs",
  // The UMD form of jsonc-parser, its "main", hides its require() calls from every bundler.
  mainFields: ["module", "main"],
  define: {
    "import.meta.url": "moduleUrl",
    "import.meta.dirname": "__dirname",
    "import.meta.filename": "__filename",
  },
  external: ["vscode", "@tensorflow/tfjs-node", "sharp"],
  minifySyntax: true,
  banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
};

/** @type {Readonly<Record<string, BuildOptions>>} */
export const bundles = {
  extension: {
    ...forNode,
    entryPoints: ["src/extension/extension.ts"],
    outfile: "dist/extension.js",
  },
  trainer: { ...forNode, entryPoints: ["src/trainer/main.ts"], outfile: "dist/trainer.js" },
  thread: {
    ...forNode,
    entryPoints: ["src/trainer/engines/wasm/threads/thread.ts"],
    outfile: "dist/engines/thread.js",
  },
  cli: {
    ...forNode,
    entryPoints: ["src/cli/main.ts"],
    outfile: "dist/cli.js",
    banner: { js: `#!/usr/bin/env node\n${forNode.banner?.["js"]}` },
  },
  layout: {
    ...everywhere,
    entryPoints: ["webview/canvas/layoutWorker.ts"],
    outfile: "dist/webview/workers/layout.js",
    platform: "browser",
    target: ["chrome128", "safari17", "firefox128"],
    format: "iife",
    minify: true,
    sourcemap: false,
  },
  // The canvas's own layout for the command line, which may not import the webview.
  picture: {
    ...forNode,
    entryPoints: ["webview/picture/terminal.ts"],
    outfile: "dist/picture.js",
  },
  webview: {
    ...everywhere,
    entryPoints: { main: "webview/main.tsx", later: "webview/later.css" },
    outdir: "dist/webview",
    platform: "browser",
    target: ["chrome128", "safari17", "firefox128"],
    format: "esm",
    splitting: true,
    alias: { "d3-color": "./webview/noColors.ts", "d3-ease": "./webview/oneEasing.ts" },
    minify: true,
    charset: "utf8",
    jsx: "automatic",
    chunkNames: "chunks/[name]-[hash]",
    assetNames: "[name]",
    loader: { ".ttf": "file", ".woff2": "file", ".svg": "file", ".png": "file" },
  },
};

/** Where the build leaves what esbuild knows about a bundle. @param {string} name */
export const metafileOf = (name) => inRoot("dist", "meta", `${name}.json`);

/**
 * Removes what an earlier build left in the webview folder: chunks carry a hash in their names and would pile up.
 * @param {import("esbuild").Metafile} metafile
 */
function removeStale(metafile) {
  const folder = inRoot("dist", "webview");
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (
      entry.isFile() &&
      !entry.parentPath.endsWith("workers") &&
      !(path.relative(root, file).replaceAll(path.sep, "/") in metafile.outputs)
    ) {
      fs.rmSync(file);
    }
  }
}

/**
 * @param {string} name
 * @param {import("esbuild").Metafile} metafile
 */
function keep(name, metafile) {
  fs.mkdirSync(path.dirname(metafileOf(name)), { recursive: true });
  fs.writeFileSync(metafileOf(name), JSON.stringify(metafile));
  if (name === "webview") {
    removeStale(metafile);
  }
}

/** @param {import("esbuild").Metafile} metafile */
const describeOutputs = (metafile) =>
  Object.entries(metafile.outputs)
    .filter(([file]) => !file.endsWith(".map"))
    .map(([file, output]) => `${file} ${size(output.bytes)}`)
    .join(", ");

/** @param {BuildOptions} options */
const entryOf = ({ entryPoints }) => /** @type {string} */ (Object.values(entryPoints ?? {})[0]);

/** Bundles the extension, the trainer with its kernels, the command line and the webview into dist/. */
export async function build() {
  const start = performance.now();
  const esbuild = await import("esbuild");
  const kernels = buildKernels();
  const sizes = await Promise.all(
    Object.entries(bundles).map(async ([name, options]) => {
      const { metafile, warnings } = await buildOrSay(esbuild, options);
      for (const text of await esbuild.formatMessages(warnings, { kind: "warning" })) {
        say(text);
      }
      if (metafile !== undefined) {
        keep(name, metafile);
      }
      return metafile === undefined ? name : describeOutputs(metafile);
    }),
  );
  sizes.push(`dist/engines/kernels.wasm ${size(await kernels)}`);
  await writeSchema();
  say(`Built in ${seconds(start)}: ${sizes.join(", ")}`);
}

/** Writes the JSON schema by which VS Code completes and explains a design's text, with the CLI that was just built. */
async function writeSchema() {
  const { code, output } = await runNode(inRoot("dist", "cli.js"), ["schema"]);
  if (code !== 0) {
    throw new ToolError(`${output}\nThe JSON schema could not be written.`);
  }
  fs.writeFileSync(inRoot("media", "cnn.schema.json"), output);
}

/**
 * @param {typeof import("esbuild")} esbuild
 * @param {BuildOptions} options
 */
async function buildOrSay(esbuild, options) {
  try {
    return await esbuild.build(options);
  } catch (error) {
    const { errors = [] } = /** @type {Partial<import("esbuild").BuildFailure>} */ (error);
    if (errors.length === 0) {
      throw error;
    }
    const messages = await esbuild.formatMessages([...errors], { kind: "error" });
    throw new ToolError(`${entryOf(options)} does not build:\n${messages.join("\n")}`);
  }
}

/** Builds, and builds again after every change until the process is ended. */
async function watch() {
  const esbuild = await import("esbuild");
  await buildKernels();
  for (const [name, options] of Object.entries(bundles)) {
    const context = await esbuild.context({
      ...options,
      logLevel: "info",
      plugins: [keepMetafile(name)],
    });
    await context.watch();
  }
}

/**
 * @param {string} name
 * @returns {import("esbuild").Plugin}
 */
const keepMetafile = (name) => ({
  name: "keep-metafile",
  setup: (hooks) => hooks.onEnd(({ metafile }) => metafile && keep(name, metafile)),
});

if (isMain(import.meta.url)) {
  await runTool(async () => {
    await setup();
    await (process.argv.includes("--watch") ? watch() : build());
  });
}
