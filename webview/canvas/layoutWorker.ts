import { placeLayered } from "./layered.ts";
import type { LayoutRequest, LayoutResult } from "./backgroundLayout.ts";

// Runs in a worker: a large graph in, the places of its nodes out.
addEventListener("message", ({ data }: MessageEvent<LayoutRequest>) => {
  const { key, graph, spacing } = data;
  const result: LayoutResult = { key, middles: placeLayered(graph, spacing) };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  postMessage(result);
});
