import { EngineError } from "./engines/engine.ts";
import { LossMismatchError } from "./graph/losses.ts";
import { NotTrainableError } from "./graph/notTrainableError.ts";
import { TrainingFailure } from "./trainingFailure.ts";
import { t } from "../core/text/t.ts";

/** Words for whatever went wrong. */
export function asFailure(error: unknown): TrainingFailure {
  if (error instanceof TrainingFailure) {
    return error;
  }
  if (error instanceof NotTrainableError) {
    return new TrainingFailure(error.code, error.message);
  }
  if (error instanceof LossMismatchError) {
    return new TrainingFailure("designHasErrors", error.message);
  }
  if (isOutOfMemory(error)) {
    return new TrainingFailure(
      "outOfMemory",
      t("There is not enough memory to train this design."),
      t("Try a smaller batch size."),
    );
  }
  if (error instanceof EngineError && error.reason === "tooLarge") {
    return new TrainingFailure(
      "outOfMemory",
      error.message,
      t("Try a smaller batch size, or the native engine, which has all the memory of the machine."),
    );
  }
  if (error instanceof EngineError && error.reason === "unsupported") {
    return new TrainingFailure(
      "unsupportedLayer",
      error.message,
      t(
        'The native engine can: run "CNN Architect: Install Native Engine" in VS Code, or npm run native in the folder of CNN Architect.',
      ),
    );
  }
  if (error instanceof EngineError) {
    return new TrainingFailure(
      "engineFailed",
      t("The training engine reported: {0}", firstLine(error)),
      t("If this happens again with the same design, please report it with the design."),
    );
  }
  return new TrainingFailure(
    "internal",
    t("The trainer met an error of its own: {0}", firstLine(error)),
    t("Please report it with the design."),
  );
}

// A typed array that cannot be allocated is a RangeError.
const isOutOfMemory = (error: unknown): boolean =>
  (error instanceof EngineError && error.reason === "outOfMemory") ||
  (error instanceof RangeError && /alloc|array length/iu.test(error.message));

/** The first line of an error's message, without the stack that some libraries add. */
export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
