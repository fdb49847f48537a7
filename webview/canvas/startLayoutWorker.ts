import type { LayoutResult, LayoutWorker } from "./backgroundLayout.ts";

/** Where the program of the worker is served from; known to the entry of the page alone. */
const place: { address?: string } = {};

export function setLayoutWorker(address: string): void {
  place.address = address;
}

/** Starts a worker for one layout. */
export async function startLayoutWorker(): Promise<LayoutWorker> {
  if (place.address === undefined) {
    throw new Error("There is no program for the layout worker.");
  }
  // A webview of VS Code starts workers from blobs only: its own files come from another origin.
  const response = await fetch(place.address);
  if (!response.ok) {
    throw new Error(`${place.address}: ${response.status}`);
  }
  const program = URL.createObjectURL(await response.blob());
  try {
    return asLayoutWorker(new Worker(program));
  } finally {
    URL.revokeObjectURL(program);
  }
}

const asLayoutWorker = (worker: Worker): LayoutWorker => ({
  place: (request) =>
    new Promise((resolve, reject) => {
      worker.addEventListener("message", ({ data }: MessageEvent<LayoutResult>) => resolve(data));
      worker.addEventListener("error", ({ message }) => reject(new Error(message)));
      worker.postMessage(request);
    }),
  terminate: () => worker.terminate(),
});
