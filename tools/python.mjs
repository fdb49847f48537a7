import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { importSource } from "./lib/importSource.mjs";
import { installDebianPackages } from "./lib/debianPackages.mjs";
import { isMain } from "./lib/isMain.mjs";
import { run } from "./lib/process.mjs";
import { runTool, seconds } from "./lib/say.mjs";
import { setup } from "./setup.mjs";

/**
 * One Python program of the tests with the modules it imports.
 * @typedef {object} Environment
 * @property {string} name
 * @property {readonly string[]} modules
 * @property {readonly string[]} requirements what pip is asked for
 * @property {string} size how much it loads, for people
 */

/**
 * The interpreter of an environment, or why there is none: `missing` where the machine has no Python for it, `failed`
 * where it could not be installed.
 * @typedef {{ readonly python: string } | { readonly missing: string } | { readonly failed: string }} Interpreter
 */

const tensorflow =
  process.platform === "linux" && process.arch === "x64" ? "tensorflow-cpu" : "tensorflow";

/** @type {Environment} */
const keras = {
  name: "keras",
  modules: ["keras", "tensorflow"],
  requirements: ["keras==3.15.1", `${tensorflow}==2.21.0`],
  size: "300 MB",
};

/** @type {Environment} */
const torchvision = {
  name: "torchvision",
  modules: ["torch", "torchvision"],
  requirements: ["torch==2.9.1", "torchvision==0.24.1"],
  size: process.platform === "linux" ? "3 GB, because the wheels for Linux bring CUDA" : "150 MB",
};

/** @type {Environment} */
const netron = {
  name: "netron",
  modules: ["netron", "onnx"],
  requirements: ["netron==9.3.3", "onnx==1.23.2"],
  size: "60 MB",
};

/** @type {Environment} */
const tensorboard = {
  name: "tensorboard",
  modules: ["tensorboard"],
  requirements: ["tensorboard==2.20.0", "setuptools<81"],
  size: "30 MB",
};

/** What training is measured beside; only benchmarks install it. @type {Environment} */
const peers = {
  name: "peers",
  modules: ["torch", "jax"],
  requirements: ["torch==2.9.1", "jax==0.10.2"],
  size: process.platform === "linux" ? "3 GB, because the wheels for Linux bring CUDA" : "300 MB",
};

/** The versions of Python that both requirements have wheels for, the best known first. */
const commands =
  process.platform === "win32"
    ? ["python", "python3"]
    : ["python3", "python3.12", "python3.11", "python3.13", "/usr/bin/python3"];
const oldest = [3, 11];
const newest = [3, 13];

// Standard output belongs to the answer, which other programs read.
const say = (/** @type {string} */ text) => void process.stderr.write(`${text}\n`);

/** Finds or installs the Python environments of the interoperability tests, once for all clones; says what it does. */
export async function pythonEnvironments() {
  return {
    keras: await ensure(keras),
    torchvision: await ensure(torchvision),
    tensorboard: await ensure(tensorboard),
  };
}

/** Finds or installs Netron, beside which the canvas is measured, and what writes the files that it opens. */
export const netronEnvironment = () => ensure(netron);

/** The same for `bench/training.mjs`, on the road that gives the newest of each. */
export async function benchmarkEnvironments() {
  return { keras: await ensure(keras), peers: await ensure(peers) };
}

/**
 * @param {Environment} environment
 * @returns {Promise<Interpreter>}
 */
async function ensure(environment) {
  const directory = await directoryOf(environment);
  const known = readMarker(directory);
  if (known !== undefined && (await hasModules(known, environment))) {
    return { python: known };
  }
  const start = performance.now();
  const found = await install(environment, directory);
  if ("python" in found) {
    say(`Python environment "${environment.name}" ready in ${seconds(start)}: ${found.python}`);
  }
  return found;
}

/**
 * @param {Environment} environment
 * @param {string} directory
 * @returns {Promise<Interpreter>}
 */
async function install(environment, directory) {
  if (environment === torchvision && (await canUseDebianPackages())) {
    const found = await fromDebian(directory);
    if (!("failed" in found)) return found;
    say(`${found.failed} Trying pip instead.`);
  }
  const python = await findPython();
  return "python" in python ? fromPip(environment, python.python, directory) : python;
}

/**
 * The folder of an environment in the user's cache; other requirements or another platform make another folder.
 * @param {Environment} environment
 */
async function directoryOf({ name, requirements }) {
  const { cacheDirectory } = /** @type {typeof import("../src/native/cacheDirectory.ts")} */ (
    await importSource("src/native/cacheDirectory.ts")
  );
  const hash = createHash("sha256")
    .update(JSON.stringify([...requirements, process.platform, process.arch]))
    .digest("hex");
  return path.join(cacheDirectory(), "python", `${name}-${hash.slice(0, 12)}`);
}

const markerOf = (/** @type {string} */ directory) => path.join(directory, "environment.json");

/**
 * The interpreter of a finished installation; it is written last, so what has none was never finished.
 * @param {string} directory
 * @returns {string | undefined}
 */
function readMarker(directory) {
  try {
    /** @type {unknown} */
    const marker = JSON.parse(fs.readFileSync(markerOf(directory), "utf8"));
    if (typeof marker !== "object" || marker === null || !("python" in marker)) return undefined;
    const { python } = marker;
    return typeof python === "string" && fs.existsSync(python) ? python : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} directory
 * @param {string} python
 */
function writeMarker(directory, python) {
  fs.mkdirSync(directory, { recursive: true });
  const staged = `${markerOf(directory)}.${process.pid}`;
  fs.writeFileSync(staged, JSON.stringify({ python }));
  fs.renameSync(staged, markerOf(directory));
}

/**
 * Looks for the modules without importing them, which would take seconds.
 * @param {string} python
 * @param {Environment} environment
 */
async function hasModules(python, { modules }) {
  const program = `import importlib.util, sys; sys.exit(any(importlib.util.find_spec(name) is None for name in ${JSON.stringify(modules)}))`;
  return (await run(python, ["-c", program])).code === 0;
}

/**
 * Finds a Python of a version that the requirements fit, by its real path: a shim chooses by folder.
 * @returns {Promise<Interpreter>}
 */
async function findPython() {
  /** @type {string[]} */
  const others = [];
  for (const command of commands) {
    const { code, output } = await run(command, [
      "-c",
      "import json, sys; print(json.dumps([sys.executable, *sys.version_info[:2]]))",
    ]);
    if (code !== 0) continue;
    // The program above prints exactly this.
    const [python, major, minor] = /** @type {[string, number, number]} */ (
      JSON.parse(output.trim().split("\n").at(-1) ?? "[]")
    );
    if (major === oldest[0] && minor >= Number(oldest[1]) && minor <= Number(newest[1])) {
      return { python };
    }
    others.push(`${major}.${minor}`);
  }
  const wanted = `Python ${oldest.join(".")} to ${newest.join(".")}`;
  return {
    missing:
      others.length === 0
        ? `There is no Python 3 on this machine. Install ${wanted} and run the command again.`
        : `Python ${[...new Set(others)].join(" and ")} is here, but Keras and TensorFlow need ${wanted}. Install one and run the command again.`,
  };
}

/**
 * Installs with pip into a virtual environment that appears under its name only when it is whole.
 * @param {Environment} environment
 * @param {string} basePython
 * @param {string} directory
 * @returns {Promise<Interpreter>}
 */
async function fromPip(environment, basePython, directory) {
  const { requirements, size } = environment;
  removeAbandoned(directory);
  const staging = `${directory}.${process.pid}`;
  say(`Installing ${requirements.join(" and ")} with pip for the tests (about ${size}, once) ...`);
  try {
    const failure =
      (await makeVirtualEnvironment(basePython, staging)) ??
      (await installWithPip(interpreterOf(staging), environment));
    if (failure !== undefined) return { failed: failure };
    const python = interpreterOf(directory);
    // A virtual environment is found by where its interpreter lies, so that it can be moved.
    writeMarker(staging, python);
    await moveInto(staging, directory, environment);
    return { python };
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

const interpreterOf = (/** @type {string} */ directory) =>
  process.platform === "win32"
    ? path.join(directory, "Scripts", "python.exe")
    : path.join(directory, "bin", "python");

/**
 * @param {string} basePython
 * @param {string} directory
 * @returns {Promise<string | undefined>} why it could not be made
 */
async function makeVirtualEnvironment(basePython, directory) {
  fs.mkdirSync(path.dirname(directory), { recursive: true });
  const make = () => run(basePython, ["-m", "venv", "--clear", directory]);
  let { code, output } = await make();
  if (code !== 0 && basePython.startsWith("/usr/bin/") && (await canUseDebianPackages())) {
    say("Installing Debian's python3-venv ...");
    await installDebianPackages(["python3-venv"]);
    ({ code, output } = await make());
  }
  return code === 0
    ? undefined
    : `${output}\n${basePython} cannot make a virtual environment. On Debian and Ubuntu the package python3-venv helps.`;
}

/**
 * @param {string} python
 * @param {Environment} environment
 * @returns {Promise<string | undefined>} why it failed
 */
async function installWithPip(python, { requirements }) {
  const options = ["--quiet", "--disable-pip-version-check", "--no-input", "--only-binary=:all:"];
  const { code, output } = await run(python, ["-m", "pip", "install", ...options, ...requirements]);
  return code === 0
    ? undefined
    : `${output}\npip could not install ${requirements.join(" and ")} (exit status ${code}). Check the network and pip's index, then run the command again.`;
}

/**
 * @param {string} staging
 * @param {string} directory
 * @param {Environment} environment
 */
async function moveInto(staging, directory, environment) {
  const present = readMarker(directory);
  // Another run may have finished the same installation in the meantime.
  if (present !== undefined && (await hasModules(present, environment))) return;
  fs.rmSync(directory, { recursive: true, force: true });
  fs.renameSync(staging, directory);
}

/** Removes what a killed installation left behind. @param {string} directory */
function removeAbandoned(directory) {
  const parent = path.dirname(directory);
  if (!fs.existsSync(parent)) return;
  for (const entry of fs.readdirSync(parent)) {
    const owner = Number(entry.match(/\.(\d+)$/)?.[1]);
    if (entry.startsWith(`${path.basename(directory)}.`) && !isRunning(owner)) {
      fs.rmSync(path.join(parent, entry), { recursive: true, force: true });
    }
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

const debianPython = "/usr/bin/python3";

/** Whether Debian's own packages can be installed here: pip's torch for Linux brings gigabytes of CUDA, Debian's none. */
async function canUseDebianPackages() {
  return (
    process.platform === "linux" &&
    process.getuid?.() === 0 &&
    (await run("apt-get", ["--version"])).code === 0
  );
}

/**
 * @param {string} directory
 * @returns {Promise<Interpreter>}
 */
async function fromDebian(directory) {
  const packages = ["python3-torch", "python3-torchvision"];
  if (!(await hasModules(debianPython, torchvision))) {
    say(`Installing Debian's ${packages.join(" and ")} for the tests (about 150 MB, once) ...`);
    const { code, output } = await installDebianPackages(packages);
    if (code !== 0) {
      return { failed: `${output}\napt-get could not install ${packages.join(" and ")}.` };
    }
  }
  const { code, output } = await run(debianPython, ["-c", "import torchvision"]);
  if (code !== 0) return { failed: `${output}\nDebian's torchvision does not load.` };
  writeMarker(directory, debianPython);
  return { python: debianPython };
}

/** A person may have no Python; the machine that guards the product must. */
const isRequired = ["true", "1"].includes(process.env["CI"] ?? "");

/**
 * @param {string} name
 * @param {Interpreter} found
 * @returns {boolean} whether the tests can go on, with this environment or without
 */
function isAcceptable(name, found) {
  if ("failed" in found) say(`${name}: ${found.failed}`);
  else if ("missing" in found) {
    say(`${name}: ${found.missing}${isRequired ? "" : " Its tests are skipped."}`);
    return !isRequired;
  }
  return "python" in found;
}

if (isMain(import.meta.url)) {
  await runTool(async () => {
    await setup();
    const environments = await pythonEnvironments();
    console.log(JSON.stringify(environments));
    const acceptable = Object.entries(environments).map(([name, found]) =>
      isAcceptable(name, found),
    );
    return acceptable.includes(false) ? 1 : 0;
  });
}
