import { expect, it } from "vitest";
import type { EngineSession } from "../../src/trainer/engines/engine.ts";
import { LayerClock } from "../../src/trainer/layerClock.ts";

/** Steps of 1/64 s, timed ones of 1/16 s where that costs a step; says which were timed, and what was said of them. */
function steps(timing: EngineSession["timing"], count: number, looks: readonly number[]) {
  const clock = new LayerClock(timing);
  const timed: number[] = [];
  const said: unknown[] = [];
  for (let step = 1; step <= count; step += 1) {
    const forward = looks[timed.length] ?? 1;
    const isTimed = clock.isDue;
    if (isTimed) timed.push(step);
    const times = isTimed ? [{ layer: "c1", forward, backward: 2 }] : undefined;
    const seconds = isTimed && timing === "extraStep" ? 1 / 16 : 1 / 64;
    said.push(clock.add(seconds, { step, batchSize: 8, times }));
  }
  return { timed, said: said.filter((event) => event !== undefined) };
}

it("keeps what costs a step within a hundredth, and leaves the first look out", () => {
  const { timed, said } = steps("extraStep", 1200, [99, 1, 3]);
  expect(timed).toEqual([304, 605, 906]);
  expect(said).toEqual([
    { type: "times", step: 605, looks: 1, batchSize: 8, layers: [c1(1)] },
    { type: "times", step: 906, looks: 2, batchSize: 8, layers: [c1(2)] },
  ]);
});

it("looks twice a second where that costs nothing", () => {
  expect(steps("inStep", 130, [1, 5, 3])).toEqual({
    timed: [33, 66, 99],
    said: [
      { type: "times", step: 33, looks: 1, batchSize: 8, layers: [c1(1)] },
      { type: "times", step: 66, looks: 2, batchSize: 8, layers: [c1(3)] },
      { type: "times", step: 99, looks: 3, batchSize: 8, layers: [c1(3)] },
    ],
  });
});

it("never asks an engine that cannot tell", () => {
  expect(steps(undefined, 1000, [])).toEqual({ timed: [], said: [] });
});

const c1 = (forward: number) => ({ layer: "c1", forward, backward: 2 });
