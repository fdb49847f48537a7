import { t } from "../core/text/t.ts";
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
      return { type: "closed", reason: t("{0} answers {1}", url, response.status) };
    }
    const bytes = Number(response.headers.get("content-length"));
    return { type: "reachable", bytes: bytes > 0 ? bytes : undefined };
  } catch {
    signal?.throwIfAborted();
    const { host } = new URL(url);
    const reason = timeout.aborted
      ? t("{0} does not answer within {1} s", host, patience / 1000)
      : t("{0} cannot be reached", host);
    return { type: "closed", reason };
  }
}
