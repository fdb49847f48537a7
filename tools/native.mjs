import { importSource } from "./lib/importSource.mjs";
import { isMain } from "./lib/isMain.mjs";
import { progressLine } from "./lib/progressLine.mjs";
import { ToolError, runTool, say, seconds } from "./lib/say.mjs";
import { setup } from "./setup.mjs";

/** Installs the native engine into the user's cache unless it is there; says what it does and which engine it is. */
export async function native() {
  const { installNativeEngine } = /** @type {typeof import("../src/native/install.ts")} */ (
    await importSource("src/native/install.ts")
  );
  const { defaultNativeDirectory } =
    /** @type {typeof import("../src/native/cacheDirectory.ts")} */ (
      await importSource("src/native/cacheDirectory.ts")
    );
  const { inspectNativeEngine } = /** @type {typeof import("../src/native/locate.ts")} */ (
    await importSource("src/native/locate.ts")
  );
  const directory = defaultNativeDirectory();
  const present = inspectNativeEngine(directory);
  if (present.type === "engine") {
    say(describe(present.engine));
    return present.engine;
  }
  if (present.type === "damaged") {
    say(
      `The native engine in ${directory} cannot be used (${present.reason}): installing it anew.`,
    );
  } else {
    say(`Installing the native engine, tfjs-node, into ${directory} (once for all clones):`);
  }
  return install(installNativeEngine, directory);
}

/**
 * @param {typeof import("../src/native/install.ts").installNativeEngine} installNativeEngine
 * @param {string} directory
 */
async function install(installNativeEngine, directory) {
  const start = performance.now();
  const line = progressLine();
  const cancel = new AbortController();
  const abort = () => cancel.abort();
  process.on("SIGINT", abort).on("SIGTERM", abort);
  try {
    const engine = await installNativeEngine({
      directory,
      report: ({ message, bytes }) => line.show(message, bytes),
      signal: cancel.signal,
    });
    line.clear();
    say(`${describe(engine)} Installed in ${seconds(start)}.`);
    return engine;
  } catch (error) {
    line.clear();
    if (error instanceof Error && error.name === "NativeInstallError") {
      throw new ToolError(error.message);
    }
    throw error;
  } finally {
    process.off("SIGINT", abort).off("SIGTERM", abort);
  }
}

/** @param {import("../src/native/nativeEngine.ts").NativeEngine} engine */
const describe = ({ directory, tensorflowVersion, source }) =>
  `Native engine: TensorFlow ${tensorflowVersion} (${source === "wheel" ? "from its Python wheel" : "the package's own download"}) in ${directory}.`;

if (isMain(import.meta.url)) {
  await runTool(async () => {
    await setup();
    await native();
  });
}
