import { t } from "../core/text/t.ts";
import type { EpochResult } from "../protocol/run.ts";
import type { TrainerEvent } from "../protocol/trainer.ts";
import { checkpointOf } from "./checkpoint.ts";
import type { EngineSession } from "./engines/engine.ts";
import type { TrainingGraph } from "./graph/trainingGraph.ts";
import type { KeepClock } from "./keepClock.ts";
import type { Keeper, Kept } from "./loop.ts";
import { isBetter, type Monitor } from "./recipe/isBetter.ts";
import type { RunFolder } from "./runFolder.ts";
import { type NamedTensor, encodeSafetensors } from "./safetensors.ts";

/** What checkpoints are made of, and where they go. */
export interface KeeperOptions {
  readonly folder: RunFolder;
  readonly graph: TrainingGraph;
  readonly session: EngineSession;
  readonly clock: KeepClock;
  readonly emit: (event: TrainerEvent) => void;
  /** The best epoch of a run that goes on. */
  readonly best: EpochResult | undefined;
  /** What makes an epoch the best; absent where the recipe does not say. */
  readonly monitor: Monitor | undefined;
}

/** Keeps a training in its run folder, and says when the disk does not take it, and when it does again. */
export class RunKeeper implements Keeper {
  readonly #options: KeeperOptions;
  #best: EpochResult | undefined;
  #saidProblem: string | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#best = options.best;
  }

  isDue(): boolean {
    return this.#options.clock.isDueWithinEpoch();
  }

  async keep(kept: Kept): Promise<void> {
    await this.#write(() => this.#encode(kept));
    this.sayProblem();
  }

  async keepEpoch(kept: Kept, result: EpochResult): Promise<void> {
    const { folder, clock, monitor } = this.#options;
    const isBest = isBetter(result, this.#best, monitor);
    if (isBest) {
      this.#best = result;
    }
    folder.recordEpoch(result, this.#best ?? result);
    const isDue = clock.isDueAfterEpoch();
    const encode = async (): Promise<Uint8Array> => {
      const content = await this.#encode(kept);
      if (isBest) {
        folder.offerBest(content);
      }
      return content;
    };
    if (isDue) {
      await this.#write(async () => {
        folder.recordWeights(result.step, this.#named(kept.weights));
        return encode();
      });
    } else if (isBest) {
      // Were it lost, the run would come to the same again from its last checkpoint.
      await encode();
    }
    this.sayProblem();
  }

  /** Says what the disk did not take, once, and when it takes it again. */
  sayProblem(): void {
    const { folder, emit } = this.#options;
    const { problem } = folder;
    if (problem === this.#saidProblem) {
      return;
    }
    this.#saidProblem = problem;
    emit(
      problem === undefined
        ? {
            type: "notice",
            severity: "information",
            message: t("The disk takes what is written again; nothing was lost."),
          }
        : {
            type: "notice",
            severity: "warning",
            message: t(
              "The training goes on, but {0}. It is tried again; what waits is lost only if the process ends before.",
              problem,
            ),
          },
    );
  }

  async #write(encode: () => Promise<Uint8Array>): Promise<void> {
    const { folder, clock } = this.#options;
    await clock.measure(async () => folder.keepCheckpoint(await encode()));
  }

  #named(weights: readonly Float32Array[]): readonly NamedTensor[] {
    return this.#options.graph.weights.map(({ name, shape }, index) => ({
      name,
      shape,
      values: weights[index] ?? new Float32Array(),
    }));
  }

  async #encode(kept: Kept): Promise<Uint8Array> {
    const { graph, session } = this.#options;
    const best = this.#best;
    const state = best === undefined ? kept.state : { ...kept.state, best };
    return encodeSafetensors(await checkpointOf(graph, session, { ...kept, state }));
  }
}
