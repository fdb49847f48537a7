import type { EngineDescription } from "../../../protocol/trainer.ts";
import type { TrainingGraph } from "../../graph/trainingGraph.ts";
import { EngineError, type EngineSession, type TrainingEngine } from "../engine.ts";
import { refuseBfloat16 } from "../refuseBfloat16.ts";
import { SignatureSession } from "../signatureSession.ts";
import { loadTfjs, type WebgpuDevice } from "./loadTfjs.ts";
import { WebgpuExecutor } from "./webgpuExecutor.ts";

/** Runs training graphs on the graphics processor, with the kernels of TensorFlow.js and no gradient of its own. */
export class WebgpuEngine implements TrainingEngine {
  readonly #device: WebgpuDevice;

  private constructor(device: WebgpuDevice) {
    this.#device = device;
  }

  /**
   * Starts on the adapter that Dawn, the npm package `webgpu` in this directory, finds.
   * Throws `EngineError` where it does not load, `TrainingFailure` where there is no adapter.
   */
  static async start(directory: string): Promise<WebgpuEngine> {
    return new WebgpuEngine(await loadTfjs(directory));
  }

  describe(): EngineDescription {
    return { name: "webgpu", detail: `WebGPU, ${this.#device.adapter}` };
  }

  async load(graph: TrainingGraph): Promise<EngineSession> {
    refuseBfloat16("WebGPU", graph);
    try {
      return new SignatureSession(graph, new WebgpuExecutor(this.#device, graph));
    } catch (error) {
      throw error instanceof EngineError
        ? error
        : new EngineError("failed", error instanceof Error ? error.message : String(error), {
            cause: error,
          });
    }
  }
}
