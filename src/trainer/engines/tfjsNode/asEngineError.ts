import { EngineError } from "../engine.ts";

/** An error of tfjs-node, which passes TensorFlow's status code on as text only. */
export function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  const reason = /RESOURCE_EXHAUSTED|OOM when allocating|bad_alloc/u.test(message)
    ? "outOfMemory"
    : "failed";
  return new EngineError(reason, message, { cause: error });
}
