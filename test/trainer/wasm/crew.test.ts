import fs from "node:fs";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Heap } from "../../../src/trainer/engines/wasm/heap.ts";
import { compileKernels } from "../../../src/trainer/engines/wasm/kernelModule.ts";
import type { Step } from "../../../src/trainer/engines/wasm/kernels/kernel.ts";
import { Crew } from "../../../src/trainer/engines/wasm/threads/crew.ts";

const vectors = 64;

async function crewOf(size: number) {
  const module = compileKernels();
  const heap = new Heap(module);
  const crew = await Crew.start(size, { module, memory: heap.memory });
  return { heap, crew };
}

/** Sets the n-th of `calls` stretches to n. */
const fillStep = (address: number, calls: number): Step =>
  Array.from({ length: calls }, (_, call) => ({
    run: "fill",
    with: [address, call, call * vectors, (call + 1) * vectors],
  }));

describe("threads of the WASM engine", () => {
  it("do every call of a step once, also in memory that grew after they started", async () => {
    const { heap, crew } = await crewOf(4);
    const calls = 12;
    const count = 4 * vectors * calls;
    heap.take(2 ** 26);
    const address = heap.take(4 * count);
    const step = fillStep(address, calls);
    crew.teach(1, [step]);
    for (let round = 0; round < 2000; round += 1) {
      heap.write(address, new Float32Array(count).fill(-1));
      crew.run(1, 0, step, heap.functions);
      const wrong = heap
        .read(address, count)
        .findIndex((value, at) => value !== Math.floor(at / (4 * vectors)));
      expect(wrong).toBe(-1);
    }
    crew.dispose();
  });

  it("hand a failure back instead of waiting for ever", async () => {
    const { heap, crew } = await crewOf(3);
    const far = 2 ** 31;
    const step: Step = Array.from({ length: 50 }, () => ({
      run: "copyBytes",
      with: [far, 64, 64],
    }));
    crew.teach(1, [step]);
    expect(() => crew.run(1, 0, step, heap.functions)).toThrow(/out of bounds|thread .* failed/u);
    crew.dispose();
  });

  it("end with their session", async () => {
    const before = threadCount();
    for (let round = 0; round < 5; round += 1) {
      const { crew } = await crewOf(4);
      crew.dispose();
    }
    for (let tries = 0; tries < 100 && threadCount() > before + 3; tries += 1) await setTimeout(50);
    expect(threadCount()).toBeLessThanOrEqual(before + 3);
  });
});

/** Threads of this process; 0 where the system does not say. */
const threadCount = (): number =>
  fs.existsSync("/proc/self/task") ? fs.readdirSync("/proc/self/task").length : 0;
