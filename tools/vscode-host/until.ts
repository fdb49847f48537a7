import { setTimeout as sleep } from "node:timers/promises";

/** Waits until a condition holds and returns its value; fails with what was waited for, in words. */
export async function until<Value>(
  condition: () => Value | Promise<Value>,
  what: string,
  milliseconds = 30_000,
): Promise<NonNullable<Value>> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const value = await condition();
    if (value) {
      return value;
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${milliseconds / 1000} s in vain until ${what}.`);
    }
    await sleep(50);
  }
}
