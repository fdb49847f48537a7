import os from "node:os";
import { t } from "../../../core/text/t.ts";
import type { EngineDescription } from "../../../protocol/trainer.ts";
import type { TrainingGraph } from "../../graph/trainingGraph.ts";
import type { EngineSession, TrainingEngine } from "../engine.ts";
import { refuseBfloat16 } from "../refuseBfloat16.ts";
import { SignatureSession } from "../signatureSession.ts";
import { Executor } from "./executor.ts";
import { compileKernels } from "./kernelModule.ts";

export interface WasmEngineOptions {
  /** Why a faster engine is not in use. */
  readonly note?: string;
  /** As many as the machine has cores, by default. */
  readonly threads?: number;
}

/** Operations of usual sizes cannot be shared among more. */
const mostThreads = 8;

const usefulThreads = (): number => Math.min(mostThreads, os.availableParallelism());

/** Runs training graphs with kernels of our own in WebAssembly; nothing has to be installed for it. */
export class WasmEngine implements TrainingEngine {
  readonly #module: WebAssembly.Module;
  readonly #note: string | undefined;
  readonly #threads: number;

  /** Throws `EngineError` where the kernels cannot be loaded. */
  constructor({ note, threads = usefulThreads() }: WasmEngineOptions = {}) {
    this.#module = compileKernels();
    this.#note = note;
    this.#threads = threads;
  }

  describe(): EngineDescription {
    const threads = this.#threads === 1 ? t("1 thread") : t("{0} threads", this.#threads);
    const detail = `SIMD, CPU, ${threads}`;
    return {
      name: "wasm",
      detail: this.#note === undefined ? detail : `${detail}; ${this.#note}`,
    };
  }

  async load(graph: TrainingGraph): Promise<EngineSession> {
    refuseBfloat16("WASM", graph);
    const executor = await Executor.load(graph, this.#module, this.#threads);
    return new SignatureSession(graph, executor);
  }
}
