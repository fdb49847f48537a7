import type { HostMessage } from "../../src/protocol/webview.ts";

const types: ReadonlySet<string> = new Set<HostMessage["type"]>([
  "snapshot",
  "document",
  "editResult",
  "clipboard",
  "training",
  "sampleImages",
  "comparison",
  "designComparison",
  "dataset",
  "picture",
  "action",
]);

/** Takes what the host sent, and leaves out what browser tools and extensions post to every page. */
export function parseHostMessage(data: unknown): HostMessage | undefined {
  if (typeof data !== "object" || data === null || !("type" in data)) {
    return undefined;
  }
  // The host is our own code of the same version; its type tag is what tells its messages from others.
  return typeof data.type === "string" && types.has(data.type) ? (data as HostMessage) : undefined;
}
