import type { KernelFunctions } from "../kernelModule.ts";
import type { Step } from "../kernels/kernel.ts";
import { control } from "./control.ts";

/** Runs calls of a step that no other thread has taken. */
export function runShared(words: Int32Array, step: Step, functions: KernelFunctions): void {
  let call = step[Atomics.add(words, control.next, 1)];
  while (call !== undefined) {
    functions[call.run](...call.with);
    call = step[Atomics.add(words, control.next, 1)];
  }
}
