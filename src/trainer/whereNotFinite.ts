import type { TrainingRecipe } from "../core/design/training.ts";
import type { Network } from "../core/network/network.ts";
import type { Batch, EngineSession, TrainingEngine } from "./engines/engine.ts";
import { compile } from "./graph/compile.ts";
import { t } from "../core/text/t.ts";

/** A training whose loss is not finite, with the weights as they were before the step. */
export interface BrokenTraining {
  readonly engine: TrainingEngine;
  readonly session: EngineSession;
  readonly network: Network;
  readonly recipe: TrainingRecipe;
}

/** Says in one sentence where a step first met a number that is not finite, by doing it again and looking into every layer. */
export async function whereNotFinite(
  { engine, session, network, recipe }: BrokenTraining,
  batch: Batch,
  step: number,
): Promise<string> {
  const graph = compile(network, recipe, { diagnosis: true });
  const weights = await session.getWeights();
  const brokenWeight = graph.weights.find((_, index) => !weights[index]?.every(Number.isFinite));
  if (brokenWeight !== undefined) {
    return t(
      "{0} was not finite after step {1} already, because its gradient was not.",
      brokenWeight.name,
      step - 1,
    );
  }
  const looking = await engine.load(graph);
  try {
    await looking.setWeights(weights);
    const finite = await looking.diagnose(batch, step);
    const layer = graph.layers.find((_, index) => !Number.isFinite(finite[index]));
    return layer === undefined
      ? t("Every layer gives finite values; the loss of them is too large.")
      : t("The first layer whose output is not finite is {0}.", layer);
  } finally {
    looking.dispose();
  }
}
