import { importSource } from "./lib/importSource.mjs";
import { isMain } from "./lib/isMain.mjs";
import { ToolError, runTool, say } from "./lib/say.mjs";
import { setup } from "./setup.mjs";

/** Installs the WebGPU engine into the user's cache unless it is there. */
export async function webgpu() {
  const { defaultWebgpuDirectory, findWebgpu, installWebgpu } =
    /** @type {typeof import("../src/native/webgpuPackage.ts")} */ (
      await importSource("src/native/webgpuPackage.ts")
    );
  const directory = defaultWebgpuDirectory();
  if (findWebgpu([directory]) !== undefined) {
    say(`WebGPU engine: in ${directory}.`);
    return;
  }
  say(`Installing the WebGPU engine into ${directory} (once for all clones) ...`);
  try {
    await installWebgpu({ directory, report: ({ message }) => say(`  ${message} ...`) });
  } catch (error) {
    throw error instanceof Error && error.name === "NativeInstallError"
      ? new ToolError(error.message)
      : error;
  }
}

if (isMain(import.meta.url)) {
  await runTool(async () => {
    await setup();
    await webgpu();
  });
}
