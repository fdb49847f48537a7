import { EngineError } from "../engine.ts";

/** What TensorFlow says where a `CheckNumerics` of ours ends a call. */
export const notFiniteMark = "cnn-architect: the loss is not finite";

/** An error of tfjs-node, which passes TensorFlow's status code on as text only. */
export function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes(notFiniteMark)) {
    return new EngineError("notFinite", message, { cause: error });
  }
  const reason = /RESOURCE_EXHAUSTED|OOM when allocating|bad_alloc/u.test(message)
    ? "outOfMemory"
    : "failed";
  return new EngineError(reason, message, { cause: error });
}
