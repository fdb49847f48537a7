import { t } from "../../core/text/t.ts";
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
    layer === ""
      ? t("The {0} engine cannot train this design: it lacks {1} ({2}).", engine, t(reason), type)
      : t("The {0} engine cannot train {1}: it lacks {2} ({3}).", engine, layer, t(reason), type),
  );
}
