import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { probe } from "../../src/native/probe.ts";

async function serve(answer: http.RequestListener): Promise<string> {
  const server = http.createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/library.tar.gz`;
}

test("a file that is there is reachable, with its size", async () => {
  const url = await serve((_, response) =>
    response.writeHead(200, { "content-length": 1234 }).end(),
  );
  expect(await probe(url, undefined)).toEqual({ type: "reachable", bytes: 1234 });
});

test("a host that refuses the file is closed", async () => {
  const url = await serve((_, response) => response.writeHead(403).end());
  expect(await probe(url, undefined)).toEqual({ type: "closed", reason: `${url} answers 403` });
});

test("a host that cannot be reached is closed", async () => {
  expect(await probe("http://127.0.0.1:9/x", undefined)).toEqual({
    type: "closed",
    reason: "127.0.0.1:9 cannot be reached",
  });
});

test("a host that never answers is closed after a few seconds", async () => {
  const url = await serve(() => {});
  expect(await probe(url, undefined)).toEqual({
    type: "closed",
    reason: `${new URL(url).host} does not answer within 4 s`,
  });
});

test("cancelling ends the wait", async () => {
  const url = await serve(() => {});
  const cancel = new AbortController();
  const answer = probe(url, cancel.signal);
  cancel.abort();
  await expect(answer).rejects.toThrow("aborted");
});
