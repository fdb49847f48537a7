import type { ProbeAnswer } from "./workshop.ts";

// A closed network either refuses at once or never answers; a person should not wait for the second kind.
const patience = 4_000;

/** Asks for the head of a file, so that a closed network costs seconds and not the minutes of a download that hangs. */
export async function probe(url: string, signal: AbortSignal | undefined): Promise<ProbeAnswer> {
  const timeout = AbortSignal.timeout(patience);
  try {
    const response = await fetch(url, {
      method: "HEAD",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    if (!response.ok) {
      return { type: "closed", reason: `${url} answers ${response.status}` };
    }
    const bytes = Number(response.headers.get("content-length"));
    return { type: "reachable", bytes: bytes > 0 ? bytes : undefined };
  } catch {
    signal?.throwIfAborted();
    const reason = timeout.aborted
      ? `does not answer within ${patience / 1000} s`
      : "cannot be reached";
    return { type: "closed", reason: `${new URL(url).host} ${reason}` };
  }
}
