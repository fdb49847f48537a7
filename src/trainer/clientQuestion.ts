import { t } from "../core/text/t.ts";
import type { EngineChoice, TrainerRequest } from "../protocol/trainer.ts";
import { forkTrainer } from "./clientProcess.ts";

/** How a question is asked. */
export interface Question<Answer> {
  readonly trainerFile: string;
  /** Where the process needs a program of its own for it. */
  readonly engine?: EngineChoice;
  /** Ends the process; what it has answered until then is the answer. */
  readonly signal: AbortSignal;
  /** Reads what the process says: its answer, or `undefined` for anything else. */
  readonly hear: (message: unknown) => Answer | undefined;
  /** The answer in the place of a process that ended without one. */
  readonly otherwise: (why: string) => Answer;
}

/** Milliseconds between asking a process to end and ending it. */
const patience = 2_000;

/** Asks a trainer process of its own, and settles once that has ended. */
export function askTrainer<Answer>(
  request: object,
  { trainerFile, engine, signal, hear, otherwise }: Question<Answer>,
): Promise<Answer> {
  const child = forkTrainer(trainerFile, engine);
  return new Promise((resolve) => {
    let answer: Answer | undefined;
    let killing: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      if (child.connected) child.send({ type: "stop" } satisfies TrainerRequest, () => undefined);
      killing = setTimeout(() => child.kill("SIGKILL"), patience);
    };
    const end = (why: string): void => {
      clearTimeout(killing);
      signal.removeEventListener("abort", cancel);
      resolve(answer ?? otherwise(why));
    };
    // What it prints is nobody's; a full pipe would hold it up.
    child.stdout?.resume();
    child.stderr?.resume();
    child.on("message", (message) => {
      answer = hear(message) ?? answer;
    });
    child.on("error", ({ message }) => end(t("It could not be started: {0}.", message)));
    child.on("close", (code, killedBy) => {
      end(t("It ended unexpectedly ({0}).", killedBy ?? t("exit code {0}", code ?? t("unknown"))));
    });
    if (signal.aborted) cancel();
    else signal.addEventListener("abort", cancel, { once: true });
    child.send(request, () => undefined);
  });
}
