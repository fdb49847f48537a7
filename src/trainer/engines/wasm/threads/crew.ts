import { once } from "node:events";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { t } from "../../../../core/text/t.ts";
import { EngineError } from "../../engine.ts";
import { builtFile } from "../../builtFile.ts";
import type { KernelFunctions } from "../kernelModule.ts";
import type { Step } from "../kernels/kernel.ts";
import { control, controlBytes, waitWhile } from "./control.ts";
import type { ThreadMessage, ThreadStart } from "./messages.ts";
import { runShared } from "./runShared.ts";

/** What threads have in common. */
export type Workplace = Pick<ThreadStart, "module" | "memory">;

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
}

/** Threads that share the calls of a step with the one that asks. */
export class Crew {
  readonly #words: Int32Array;
  readonly #threads: readonly Thread[];

  private constructor(threads: readonly Thread[], words: Int32Array) {
    this.#threads = threads;
    this.#words = words;
  }

  /** Starts `size - 1` threads; the caller is one as well. */
  static async start(size: number, { module, memory }: Workplace): Promise<Crew> {
    const words = new Int32Array(new SharedArrayBuffer(controlBytes));
    const threads = Array.from({ length: size - 1 }, (): Thread => {
      const { port1, port2 } = new MessageChannel();
      const workerData: ThreadStart = { module, memory, words, port: port2 };
      const worker = new Worker(builtFile("thread.js"), { workerData, transferList: [port2] });
      // A thread does not keep the process alive.
      worker.unref();
      port1.unref();
      return { worker, port: port1 };
    });
    const crew = new Crew(threads, words);
    try {
      await Promise.all(threads.map(isReady));
    } catch (error) {
      crew.dispose();
      throw error;
    }
    return crew;
  }

  /** Number of threads, the caller's own among them. */
  get size(): number {
    return this.#threads.length + 1;
  }

  /** Makes the steps of a plan known under a number. */
  teach(plan: number, steps: readonly Step[]): void {
    this.#tell({ type: "plan", plan, steps });
  }

  /** Lets the threads forget all plans. */
  forget(): void {
    this.#tell({ type: "forget" });
  }

  /** Runs one step of a plan; returns when all of its calls are done. */
  run(plan: number, number: number, step: Step, functions: KernelFunctions): void {
    const words = this.#words;
    Atomics.store(words, control.plan, plan);
    Atomics.store(words, control.step, number);
    Atomics.store(words, control.next, 0);
    Atomics.store(words, control.open, 1);
    Atomics.add(words, control.ticket, 1);
    Atomics.notify(words, control.ticket);
    try {
      runShared(words, step, functions);
    } finally {
      // From here on nobody joins; whoever has, is waited for.
      Atomics.store(words, control.open, 0);
      let active = Atomics.load(words, control.active);
      while (active !== 0) {
        waitWhile(words, control.active, active);
        active = Atomics.load(words, control.active);
      }
    }
    if (Atomics.exchange(words, control.failed, 0) !== 0) {
      throw new EngineError("failed", t("a thread of the WASM engine failed"));
    }
  }

  /** Ends the threads. */
  dispose(): void {
    Atomics.store(this.#words, control.stop, 1);
    Atomics.add(this.#words, control.ticket, 1);
    Atomics.notify(this.#words, control.ticket);
    for (const { port } of this.#threads) {
      port.close();
    }
  }

  #tell(message: ThreadMessage): void {
    for (const { port } of this.#threads) {
      port.postMessage(message);
    }
  }
}

/** Settles when the thread has bound its kernels; fails where it ends before. */
async function isReady({ worker, port }: Thread): Promise<void> {
  const gone = new AbortController();
  const { signal } = gone;
  try {
    await Promise.race([
      once(port, "message", { signal }),
      once(worker, "exit", { signal }).then(() => {
        throw new EngineError("failed", t("a thread of the WASM engine did not start"));
      }),
    ]);
  } finally {
    gone.abort();
    port.unref();
  }
}
