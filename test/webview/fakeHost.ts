import type { HostMessage, WebviewRequest } from "../../src/protocol/webview.ts";
import type { HostConnection } from "../../webview/host/hostConnection.ts";
import { Application } from "../../webview/state/application.ts";

type Edit = Extract<WebviewRequest, { readonly type: "edit" }>;

/** A host that does nothing by itself, so that a test decides what comes when. */
export class FakeHost implements HostConnection {
  readonly sent: WebviewRequest[] = [];
  state: unknown;
  #listener: (message: HostMessage) => void = () => undefined;

  send(request: WebviewRequest): void {
    this.sent.push(request);
  }

  listen(listener: (message: HostMessage) => void): () => void {
    this.#listener = listener;
    return () => undefined;
  }

  readState(): unknown {
    return this.state;
  }

  writeState(state: unknown): void {
    this.state = state;
  }

  post(message: HostMessage): void {
    this.#listener(message);
  }

  document(text: string, version: number): void {
    this.post({ type: "document", text, version, isWritable: true });
  }

  get edits(): readonly Edit[] {
    return this.sent.filter((request) => request.type === "edit");
  }
}

/** An application that shows this text, and the host it talks to. */
export function openApplication(
  text: string,
  { isWritable = true, state }: { readonly isWritable?: boolean; readonly state?: unknown } = {},
): { readonly application: Application; readonly host: FakeHost } {
  const host = new FakeHost();
  host.state = state;
  const application = new Application(host);
  application.start();
  host.post({
    type: "snapshot",
    text,
    version: 1,
    fileName: "lenet5.cnn.json",
    isWritable,
    training: { status: "idle", events: [] },
    recent: [],
    strings: {},
    language: "en",
  });
  return { application, host };
}
