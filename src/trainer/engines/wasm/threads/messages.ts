import type { MessagePort } from "node:worker_threads";
import type { Step } from "../kernels/kernel.ts";

/** What a thread is started with. */
export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly words: Int32Array;
  readonly port: MessagePort;
}

/** What a thread is told while it works: the steps of a plan, or to forget all of them. */
export type ThreadMessage =
  | { readonly type: "plan"; readonly plan: number; readonly steps: readonly Step[] }
  | { readonly type: "forget" };
