import { t } from "../../../core/text/t.ts";
import { EngineError } from "../engine.ts";

/** Compute pipelines of a device by the code they were compiled from; compiling takes milliseconds. */
export class Pipelines {
  readonly #gpu: GPUDevice;
  readonly #compiled = new Map<string, Promise<GPUComputePipeline>>();

  constructor(gpu: GPUDevice) {
    this.#gpu = gpu;
  }

  /** Compiles code, unless it was compiled before. Rejects with `EngineError` where the device refuses it. */
  compile(code: string): Promise<GPUComputePipeline> {
    const pipeline = this.#compiled.get(code) ?? this.#compile(code);
    this.#compiled.set(code, pipeline);
    return pipeline;
  }

  async #compile(code: string): Promise<GPUComputePipeline> {
    const module = this.#gpu.createShaderModule({ code });
    try {
      return await this.#gpu.createComputePipelineAsync({
        layout: "auto",
        compute: { module, entryPoint: "main" },
      });
    } catch (error) {
      const { messages } = await module.getCompilationInfo();
      const reasons = messages.map(({ lineNum, message }) => `line ${lineNum}: ${message}`);
      throw new EngineError(
        "failed",
        t(
          "the graphics device does not compile a program: {0}",
          reasons.join("; ") || (error instanceof Error ? error.message : String(error)),
        ),
        { cause: error },
      );
    }
  }
}
