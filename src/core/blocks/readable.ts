import type { JsonValue, Padding } from "../layers/option.ts";

/** A padding in the form of the file, for the nodes of a fragment. */
export function readable(padding: Padding): JsonValue {
  return typeof padding === "string"
    ? padding
    : [padding.top, padding.bottom, padding.left, padding.right];
}
