import type { HostMessage, WebviewRequest } from "../../src/protocol/webview.ts";
import { parseHostMessage } from "./parseHostMessage.ts";

/** What VS Code gives a webview; it may be asked for once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The one line between the canvas and the extension host. */
export interface HostConnection {
  send(request: WebviewRequest): void;
  /** Calls back for every message until the returned function is called. */
  listen(listener: (message: HostMessage) => void): () => void;
  /** What `writeState` kept when this editor was last open. */
  readState(): unknown;
  writeState(state: unknown): void;
}

/** Connects to the extension host; call it once a page. */
export function connectToHost(): HostConnection {
  const api = acquireVsCodeApi();
  return {
    send: (request) => api.postMessage(request),
    listen(listener) {
      const receive = (event: MessageEvent<unknown>): void => {
        const message = parseHostMessage(event.data);
        if (message !== undefined) {
          listener(message);
        }
      };
      globalThis.addEventListener("message", receive);
      return () => globalThis.removeEventListener("message", receive);
    },
    readState: () => api.getState(),
    writeState: (state) => api.setState(state),
  };
}
