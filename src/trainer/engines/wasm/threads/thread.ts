import { receiveMessageOnPort, workerData } from "node:worker_threads";
import { type KernelFunctions, bindKernels } from "../kernelModule.ts";
import type { Step } from "../kernels/kernel.ts";
import { control, waitWhile } from "./control.ts";
import type { ThreadMessage, ThreadStart } from "./messages.ts";
import { runShared } from "./runShared.ts";

/** A thread beside the trainer's own: takes calls of steps that are open, until it is told to stop. */
function work({ module, memory, words, port }: ThreadStart): void {
  const functions = bindKernels(module, memory);
  const plans = new Map<number, readonly Step[]>();
  port.postMessage("ready");
  let ticket = 0;
  while (Atomics.load(words, control.stop) === 0) {
    waitWhile(words, control.ticket, ticket);
    if (Atomics.load(words, control.ticket) !== ticket) {
      ticket = Atomics.load(words, control.ticket);
      join({ words, functions, plans, port });
    }
  }
  port.close();
}

interface Place extends Pick<ThreadStart, "words" | "port"> {
  readonly functions: KernelFunctions;
  readonly plans: Map<number, readonly Step[]>;
}

/** Helps with the step that is open now, if one is: nobody closes it while a thread is active. */
function join({ words, functions, plans, port }: Place): void {
  Atomics.add(words, control.active, 1);
  try {
    if (Atomics.load(words, control.open) === 1) {
      hear(port, plans);
      const steps = plans.get(Atomics.load(words, control.plan));
      runShared(words, steps?.[Atomics.load(words, control.step)] ?? [], functions);
    }
  } catch {
    Atomics.store(words, control.failed, 1);
  } finally {
    Atomics.sub(words, control.active, 1);
    Atomics.notify(words, control.active);
  }
}

/** A thread that never returns to its event loop hears messages only when it asks. */
function hear(port: ThreadStart["port"], plans: Map<number, readonly Step[]>): void {
  for (let item = receiveMessageOnPort(port); item; item = receiveMessageOnPort(port)) {
    const message = item.message as ThreadMessage;
    if (message.type === "forget") {
      plans.clear();
    } else {
      plans.set(message.plan, message.steps);
    }
  }
}

work(workerData as ThreadStart);
