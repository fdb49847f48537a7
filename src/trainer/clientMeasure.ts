import {
  type MeasureAnswer,
  type MeasuredEngine,
  measuredEngines,
  type MeasurePhase,
  type MeasureRequest,
  parseMeasureMessage,
} from "../protocol/measurement.ts";
import type { TrainerEvent, TrainerRequest } from "../protocol/trainer.ts";
import { forkTrainer, trainerFileOf } from "./clientProcess.ts";

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

/** Milliseconds between asking a process to end and ending it. */
const patience = 2_000;

function measure(
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
): Promise<MeasureAnswer> {
  const child = forkTrainer(trainerFile, request.engine);
  return new Promise((resolve) => {
    let answer: MeasureAnswer | undefined;
    let killing: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      if (child.connected) child.send({ type: "stop" } satisfies TrainerRequest, () => undefined);
      killing = setTimeout(() => child.kill("SIGKILL"), patience);
    };
    const end = (whyNot: string): void => {
      clearTimeout(killing);
      signal.removeEventListener("abort", cancel);
      resolve(answer ?? { type: "failed", code: "crashed", message: whyNot });
    };
    // What it prints is nobody's; a full pipe would hold it up.
    child.stdout?.resume();
    child.stderr?.resume();
    child.on("message", (message) => {
      const said = parseMeasureMessage(message);
      if (said?.type === "phase") report(said);
      else answer = said ?? answer;
    });
    child.on("error", ({ message }) => {
      end(`The process for this engine could not be started: ${message}.`);
    });
    child.on("close", (code, killedBy) => {
      end(
        `The engine's process ended unexpectedly (${killedBy ?? `exit code ${code ?? "unknown"}`}).`,
      );
    });
    if (signal.aborted) cancel();
    else signal.addEventListener("abort", cancel, { once: true });
    child.send(request, () => undefined);
  });
}
