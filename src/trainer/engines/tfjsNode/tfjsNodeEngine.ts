import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { t } from "../../../core/text/t.ts";
import type { EngineDescription } from "../../../protocol/trainer.ts";
import type { TrainingGraph } from "../../graph/trainingGraph.ts";
import type { EngineSession, TrainingEngine } from "../engine.ts";
import { asEngineError } from "./asEngineError.ts";
import { bfloat16Trial, multipliesBfloat16, refuseWrongBfloat16 } from "./bfloat16.ts";
import { type SavedModelContent, type SavedModelOptions, writeSavedModel } from "./savedModel.ts";
import { needsBfloat16 } from "../refuseBfloat16.ts";
import { initialValues } from "../variableValues.ts";
import { type SavedModel, type Tfjs, TfjsNodeSession } from "./tfjsNodeSession.ts";

/** Where TensorFlow computes with oneDNN's kernels for x86. */
const forOneDnn = process.arch === "x64" && process.platform !== "darwin";

/** Runs training graphs with TensorFlow through tfjs-node, each as one SavedModel. */
export class TfjsNodeEngine implements TrainingEngine {
  readonly #tf: Tfjs;
  readonly #tensorflowVersion: string;

  constructor(tf: Tfjs, tensorflowVersion: string) {
    this.#tf = tf;
    this.#tensorflowVersion = tensorflowVersion;
  }

  describe(): EngineDescription {
    const threads = os.availableParallelism();
    return {
      name: "tfjs-node",
      detail: `TensorFlow ${this.#tensorflowVersion}, CPU, ${threads === 1 ? t("1 thread") : t("{0} threads", threads)}`,
    };
  }

  notesFor(graph: TrainingGraph): readonly string[] {
    return needsBfloat16(graph) && multipliesBfloat16() === false
      ? [
          t(
            "This processor has no instructions for bfloat16 (avx512_bf16, amx_bf16), so mixedBfloat16 is right here, but hardly faster than float32; Compare Engines measures it.",
          ),
        ]
      : [];
  }

  async load(graph: TrainingGraph): Promise<EngineSession> {
    if (needsBfloat16(graph)) {
      await this.#tryBfloat16();
    }
    const session = await this.#load(graph, { timing: true });
    await session.setSlots(graph.slots.map(initialValues));
    return session;
  }

  async #tryBfloat16(): Promise<void> {
    const session = await this.#load(bfloat16Trial());
    try {
      await refuseWrongBfloat16(session, `TensorFlow ${this.#tensorflowVersion}`);
    } finally {
      session.dispose();
    }
  }

  async #load(graph: TrainingGraph, options?: SavedModelOptions): Promise<EngineSession> {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "cnn-architect-"));
    try {
      const content = writeSavedModel(graph, { forOneDnn, ...options });
      const functions = await this.#loadFunctions(directory, content);
      return new TfjsNodeSession(this.#tf, graph, functions);
    } catch (error) {
      throw asEngineError(error);
    } finally {
      fs.rmSync(directory, { recursive: true, force: true });
    }
  }

  /**
   * tfjs-node keeps a loaded graph by the path of its folder, but parses the whole file again for every signature. So
   * the first signature comes with the graph, and the others without.
   */
  async #loadFunctions(
    directory: string,
    { whole, signatures }: SavedModelContent,
  ): Promise<ReadonlyMap<string, SavedModel>> {
    const functions = new Map<string, SavedModel>();
    for (const [name, alone] of signatures) {
      const content = functions.size === 0 ? whole : alone;
      fs.writeFileSync(path.join(directory, "saved_model.pb"), content);
      functions.set(name, await this.#tf.node.loadSavedModel(directory, ["serve"], name));
    }
    return functions;
  }
}
