import type { Operation } from "../graph/operation.ts";
import { EngineError } from "./engine.ts";

/** What is said before the start where an engine lacks something that a design needs. */
export function unsupported(
  engine: string,
  { name, type }: Operation,
  reason: string,
): EngineError {
  // Names are `training/layer/gradient/type_number`.
  const layer = name
    .split("/")
    .slice(0, -1)
    .filter((part) => !["training", "inference", "gradient"].includes(part))
    .join("/");
  return new EngineError(
    "unsupported",
    `The ${engine} engine cannot train ${layer === "" ? "this design" : layer}: it lacks ${reason} (${type}).`,
  );
}
