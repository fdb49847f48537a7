import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { t } from "../../../core/text/t.ts";
import { TrainingFailure } from "../../trainingFailure.ts";
import { EngineError } from "../engine.ts";

/** The graphics processor of this machine. */
export interface Device {
  readonly gpu: GPUDevice;
  /** The adapter in its own words, for example `NVIDIA GeForce RTX 4070`. */
  readonly adapter: string;
  /** True where it can tell what a computation took. */
  readonly hasClock: boolean;
  /** What the device refused since it was last asked; it goes on with zeros in the place of what it did not compute. */
  takeRefusal(): string | undefined;
}

/** What the npm package `webgpu` exports. */
interface Dawn {
  create(options: readonly string[]): GPU;
  readonly globals: Readonly<Record<string, unknown>>;
}

/** Limits that a program may need more of than every device has; asked for as far as the adapter goes. */
const raisedLimits = ["maxBufferSize", "maxStorageBufferBindingSize"] as const;

let started: Promise<Device> | undefined;

/**
 * Loads Dawn from an installed package and takes the adapter that it finds, once in a process.
 * Throws `EngineError` where it does not load, `TrainingFailure` where it finds no adapter.
 */
export function startDevice(directory: string): Promise<Device> {
  started ??= start(directory);
  return started;
}

async function start(directory: string): Promise<Device> {
  const dawn = await load(directory);
  const adapter = await dawn.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) {
    throw new TrainingFailure(
      "engineMissing",
      t("WebGPU finds no graphics adapter on this machine."),
      t(
        "Update the graphics driver (on Linux install libvulkan1 as well), or choose another engine.",
      ),
    );
  }
  const hasClock = adapter.features.has("timestamp-query");
  const gpu = await adapter.requestDevice({
    requiredFeatures: hasClock ? ["timestamp-query"] : [],
    requiredLimits: Object.fromEntries(raisedLimits.map((name) => [name, adapter.limits[name]])),
  });
  return { gpu, hasClock, adapter: wordsOf(adapter.info), takeRefusal: listenForRefusals(gpu) };
}

/** Dawn counts on its owner to live as long as what came of it. */
let dawnObject: GPU | undefined;

async function load(directory: string): Promise<GPU> {
  try {
    const require = createRequire(path.join(directory, "package.json"));
    const file = pathToFileURL(require.resolve("webgpu")).href;
    const { create, globals } = (await import(file)) as Dawn;
    Object.assign(globalThis, globals);
    // For web pages Dawn rounds times to a tenth of a millisecond.
    dawnObject = create(["disable-dawn-features=timestamp_quantization"]);
    return dawnObject;
  } catch (error) {
    throw new EngineError(
      "failed",
      t(
        "WebGPU does not load from {0}: {1}",
        directory,
        error instanceof Error ? error.message : String(error),
      ),
      { cause: error },
    );
  }
}

function listenForRefusals(gpu: GPUDevice): () => string | undefined {
  let refusal: string | undefined;
  gpu.addEventListener("uncapturederror", ({ error }) => {
    refusal ??= error.message;
  });
  void gpu.lost.then(({ message }) => {
    refusal ??= message;
  });
  return () => {
    const taken = refusal;
    refusal = undefined;
    return taken;
  };
}

const wordsOf = ({ description, vendor, device }: GPUAdapterInfo): string =>
  description || [vendor, device].filter((word) => word !== "").join(" ") || t("unnamed adapter");
