import { t } from "../core/text/t.ts";
import {
  type MeasureAnswer,
  type MeasuredEngine,
  measuredEngines,
  type MeasurePhase,
  type MeasureRequest,
  parseMeasureMessage,
} from "../protocol/measurement.ts";
import type { TrainerEvent } from "../protocol/trainer.ts";
import { trainerFileOf } from "./clientProcess.ts";
import { askTrainer } from "./clientQuestion.ts";

/** One engine with how fast it is, or why it cannot. */
export interface MeasuredResult {
  readonly engine: MeasuredEngine;
  readonly answer: MeasureAnswer;
}

/** All engines in their order, or what is wrong with the design on every one of them. */
export type EngineComparison =
  | { readonly type: "compared"; readonly results: readonly MeasuredResult[] }
  | (TrainerEvent & { readonly type: "failed" })
  | { readonly type: "cancelled" };

export interface CompareOptions {
  readonly signal: AbortSignal;
  /** Hears which engine is at work, and on what. */
  readonly report: (engine: MeasuredEngine, phase?: MeasurePhase) => void;
  readonly trainerFile?: string;
}

/** Measures every engine in a process of its own, one after the other, so that they do not disturb each other. */
export async function compareEngines(
  request: Omit<MeasureRequest, "type" | "engine">,
  { signal, report, trainerFile }: CompareOptions,
): Promise<EngineComparison> {
  const results: MeasuredResult[] = [];
  for (const engine of measuredEngines) {
    report(engine);
    const answer = await measure(
      { type: "measure", ...request, engine },
      {
        signal,
        report: (phase) => report(engine, phase),
        trainerFile: trainerFile ?? trainerFileOf(),
      },
    );
    if (signal.aborted) {
      return { type: "cancelled" };
    }
    if (answer.type === "failed" && answer.code === "designHasErrors") {
      return answer;
    }
    results.push({ engine, answer });
  }
  return { type: "compared", results };
}

const measure = (
  request: MeasureRequest,
  {
    signal,
    report,
    trainerFile,
  }: {
    readonly signal: AbortSignal;
    readonly report: (phase: MeasurePhase) => void;
    readonly trainerFile: string;
  },
): Promise<MeasureAnswer> =>
  askTrainer(request, {
    trainerFile,
    engine: request.engine,
    signal,
    hear: (message) => {
      const said = parseMeasureMessage(message);
      if (said?.type !== "phase") return said;
      report(said);
      return undefined;
    },
    otherwise: (why) => ({
      type: "failed",
      code: "crashed",
      message: t("The process for this engine was lost. {0}", why),
    }),
  });
