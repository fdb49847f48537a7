import type { ParsedDesign } from "../design/parse.ts";
import type { Network } from "./network.ts";

/** Expands blocks and infers every shape; problems carry the node and its place in the text. */
export function expand(parsed: ParsedDesign): Network {
  throw new Error(`not written yet (${parsed.design.name})`);
}
