import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { builtFile } from "../builtFile.ts";
import { TrainingFailure } from "../../trainingFailure.ts";
import { EngineError } from "../engine.ts";
import type { Tf } from "./kernels/kernel.ts";

/** TensorFlow.js on the graphics processor of this machine. */
export interface WebgpuDevice {
  readonly tf: Tf;
  /** The adapter in its own words, for example `NVIDIA GeForce RTX 4070`. */
  readonly adapter: string;
  /** What the device refused since it was last asked; it goes on with zeros in the place of what it did not compute. */
  takeRefusal(): string | undefined;
}

/** What the npm package `webgpu` exports. */
interface Dawn {
  create(options: readonly string[]): GPU;
  readonly globals: Readonly<Record<string, unknown>>;
}

interface GPU {
  requestAdapter(): Promise<Adapter | null>;
}

interface Adapter {
  readonly info?: {
    readonly description?: string;
    readonly vendor?: string;
    readonly device?: string;
  };
}

let device: Promise<WebgpuDevice> | undefined;

/**
 * Loads Dawn from an installed package and TensorFlow.js on top of it, once in a process.
 * Throws `EngineError` where it does not load, `TrainingFailure` where it finds no adapter.
 */
export function loadTfjs(directory: string): Promise<WebgpuDevice> {
  device ??= load(directory);
  return device;
}

async function load(directory: string): Promise<WebgpuDevice> {
  const gpu = await startDawn(directory);
  const adapter = await gpu.requestAdapter();
  if (adapter === null) {
    throw new TrainingFailure(
      "engineMissing",
      "WebGPU finds no graphics adapter on this machine.",
      "Update the graphics driver (on Linux install libvulkan1 as well), or choose another engine.",
    );
  }
  // Looks for `navigator.gpu` when it is loaded, so not before that is there.
  const tf = createRequire(import.meta.url)(builtFile("tfjsWebgpu.js")) as Tf;
  await tf.setBackend("webgpu");
  await tf.ready();
  return { tf, adapter: wordsOf(adapter), takeRefusal: listenForRefusals(tf) };
}

/** The part of TensorFlow.js's backend that hears of the device's errors. */
interface DeviceBackend {
  readonly device: {
    addEventListener(
      type: "uncapturederror",
      listen: (event: { readonly error: { readonly message: string } }) => void,
    ): void;
  };
}

function listenForRefusals(tf: Tf): () => string | undefined {
  let refusal: string | undefined;
  const { device: listened } = tf.backend() as unknown as DeviceBackend;
  listened.addEventListener("uncapturederror", ({ error }) => {
    refusal ??= error.message;
  });
  return () => {
    const taken = refusal;
    refusal = undefined;
    return taken;
  };
}

async function startDawn(directory: string): Promise<GPU> {
  try {
    const require = createRequire(path.join(directory, "package.json"));
    const file = pathToFileURL(require.resolve("webgpu")).href;
    const { create, globals } = (await import(file)) as Dawn;
    const gpu = create([]);
    Object.assign(globalThis, globals);
    const navigator = (globalThis as { navigator?: object }).navigator ?? {};
    Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true });
    Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
    return gpu;
  } catch (error) {
    throw new EngineError(
      "failed",
      `WebGPU does not load from ${directory}: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

function wordsOf({ info }: Adapter): string {
  const { description = "", vendor = "", device: model = "" } = info ?? {};
  return (
    description || [vendor, model].filter((word) => word !== "").join(" ") || "unnamed adapter"
  );
}
