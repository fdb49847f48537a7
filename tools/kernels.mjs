import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { isMain } from "./lib/isMain.mjs";
import { inRoot } from "./lib/paths.mjs";
import { runNode } from "./lib/process.mjs";
import { ToolError, runTool, say, size } from "./lib/say.mjs";

const folder = "src/trainer/engines/wasm/assembly";
const compiler = inRoot("node_modules", "assemblyscript");
const outFile = inRoot("dist", "engines", "kernels.wasm");
/** Says what the module was built from. */
const recordFile = inRoot("dist", "meta", "kernels.sha256");

const parameters = [
  "-O3",
  // Nothing is allocated in the module: it works in regions that the engine gives it.
  "--runtime",
  "stub",
  "--noAssert",
  // All the memory that 32 bits can address, shared with the threads.
  "--importMemory",
  "--sharedMemory",
  "--maximumMemory",
  "65536",
  "--enable",
  "simd",
  "--enable",
  "threads",
  // Vectors pass between functions inside the module only.
  "--disableWarning",
  "112",
];

const sources = () =>
  fs
    .readdirSync(inRoot(folder))
    .filter((name) => name.endsWith(".ts"))
    .toSorted();

function fingerprint() {
  const hash = createHash("sha256").update(parameters.join(" "));
  hash.update(fs.readFileSync(path.join(compiler, "package.json")));
  for (const name of sources()) {
    hash.update(name).update(fs.readFileSync(inRoot(folder, name)));
  }
  return hash.digest("hex");
}

const isCurrent = (/** @type {string} */ wanted) =>
  fs.existsSync(outFile) &&
  fs.existsSync(recordFile) &&
  fs.readFileSync(recordFile, "utf8") === wanted;

/** Compiles the kernels of the WASM engine to dist/engines/kernels.wasm, unless they are there already; returns its size. */
export async function buildKernels() {
  const wanted = fingerprint();
  if (!isCurrent(wanted)) {
    fs.mkdirSync(path.dirname(outFile), { recursive: true });
    fs.mkdirSync(path.dirname(recordFile), { recursive: true });
    const { code, output } = await runNode(path.join(compiler, "bin", "asc.js"), [
      ...sources().map((name) => `${folder}/${name}`),
      "--outFile",
      path.relative(inRoot(), outFile),
      "--baseDir",
      inRoot(),
      ...parameters,
    ]);
    if (code !== 0) {
      throw new ToolError(`${folder} does not build:\n${output}`);
    }
    fs.writeFileSync(recordFile, wanted);
  }
  return fs.statSync(outFile).size;
}

if (isMain(import.meta.url)) {
  await runTool(async () => {
    say(`dist/engines/kernels.wasm ${size(await buildKernels())}`);
  });
}
