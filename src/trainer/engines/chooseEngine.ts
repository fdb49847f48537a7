import { loadTfjsNode } from "../../native/load.ts";
import { findNativeEngine } from "../../native/locate.ts";
import type { NativeEngine } from "../../native/nativeEngine.ts";
import { findWebgpu, webgpuDirectories } from "../../native/webgpuPackage.ts";
import type { EngineChoice } from "../../protocol/trainer.ts";
import { firstLine } from "../asFailure.ts";
import { TrainingFailure } from "../trainingFailure.ts";
import type { TrainingEngine } from "./engine.ts";
import { TfjsNodeEngine } from "./tfjsNode/tfjsNodeEngine.ts";
import { WasmEngine } from "./wasm/wasmEngine.ts";
import { WebgpuEngine } from "./webgpu/webgpuEngine.ts";
import { t } from "../../core/text/t.ts";

/** The engine that was asked for; with `auto` the native one where it loads, and otherwise WASM, which says why. */
export async function chooseEngine(
  choice: EngineChoice,
  directories: readonly string[],
): Promise<TrainingEngine> {
  switch (choice) {
    case "wasm":
      return new WasmEngine();
    case "webgpu":
      return startWebgpu(webgpuDirectories(directories));
    case "auto":
    case "tfjs-node":
      return startNative(choice, directories);
  }
}

function startWebgpu(directories: readonly string[]): Promise<TrainingEngine> {
  const directory = findWebgpu(directories);
  if (directory === undefined) {
    throw new TrainingFailure(
      "engineMissing",
      t("The WebGPU engine is not installed."),
      t(
        'Run "CNN Architect: Install WebGPU Engine" in VS Code, or npm run webgpu in the folder of CNN Architect.',
      ),
    );
  }
  return WebgpuEngine.start(directory);
}

function startNative(choice: "auto" | "tfjs-node", directories: readonly string[]): TrainingEngine {
  const native = findNativeEngine(directories);
  if (native === undefined) {
    return withoutNative(
      choice,
      new TrainingFailure(
        "engineMissing",
        t("The native training engine (tfjs-node) is not installed."),
        t(
          'Run "CNN Architect: Install Native Engine" in VS Code, or npm run native in the folder of CNN Architect. The engine "wasm" needs no installation.',
        ),
      ),
      t("the native engine is about 2 times faster"),
    );
  }
  try {
    return load(native);
  } catch (error) {
    return withoutNative(
      choice,
      new TrainingFailure(
        "engineFailed",
        t(
          "The native training engine in {0} does not load: {1}",
          native.directory,
          firstLine(error),
        ),
        t('Install it again with "CNN Architect: Install Native Engine", or npm run native.'),
      ),
      t("the native engine in {0} does not load ({1})", native.directory, firstLine(error)),
    );
  }
}

const load = (native: NativeEngine): TrainingEngine =>
  new TfjsNodeEngine(loadTfjsNode(native), native.tensorflowVersion);

function withoutNative(
  choice: "auto" | "tfjs-node",
  failure: TrainingFailure,
  words: string,
): TrainingEngine {
  if (choice === "tfjs-node") {
    throw failure;
  }
  return new WasmEngine({ note: t("{0}: run CNN Architect: Install Native Engine", words) });
}
