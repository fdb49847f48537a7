import type { EngineDescription } from "../../../protocol/trainer.ts";
import type { TrainingGraph } from "../../graph/trainingGraph.ts";
import { EngineError, type EngineSession, type TrainingEngine } from "../engine.ts";
import { refuseBfloat16 } from "../refuseBfloat16.ts";
import { SignatureSession } from "../signatureSession.ts";
import { type Device, startDevice } from "./device.ts";
import { Executor } from "./executor.ts";
import { Pipelines } from "./pipelines.ts";

/** Runs training graphs on the graphics processor, as compute shaders. */
export class WebgpuEngine implements TrainingEngine {
  readonly #device: Device;
  readonly #pipelines: Pipelines;

  private constructor(device: Device) {
    this.#device = device;
    this.#pipelines = new Pipelines(device.gpu);
  }

  /**
   * Starts on the adapter that Dawn, the npm package `webgpu` in this directory, finds.
   * Throws `EngineError` where it does not load, `TrainingFailure` where there is no adapter.
   */
  static async start(directory: string): Promise<WebgpuEngine> {
    return new WebgpuEngine(await startDevice(directory));
  }

  describe(): EngineDescription {
    return { name: "webgpu", detail: `WebGPU, ${this.#device.adapter}` };
  }

  async load(graph: TrainingGraph): Promise<EngineSession> {
    refuseBfloat16("WebGPU", graph);
    try {
      return new SignatureSession(graph, new Executor(this.#device, this.#pipelines, graph));
    } catch (error) {
      throw error instanceof EngineError
        ? error
        : new EngineError("failed", error instanceof Error ? error.message : String(error), {
            cause: error,
          });
    }
  }
}
