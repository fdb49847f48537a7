import { expect, test } from "vitest";
import { createScene } from "../../webview/canvas/scene.ts";
import { withTimes } from "../../webview/canvas/timeMeasure.ts";
import { analyzed, branches } from "./designs.ts";

const time = (layer: string, forward: number, backward: number) => ({ layer, forward, backward });

test("a card shows what all its layers take, beside the slowest", () => {
  const scene = createScene(analyzed(branches), [], "trainingTime");
  const { cards } = withTimes(scene, {
    looks: 3,
    batchSize: 32,
    layers: [time("stem", 0.5, 1), time("mix/1/conv1", 1, 2), time("mix/2/conv1", 1, 2)],
  });
  const shown = Object.fromEntries(
    cards.map(({ id, measured, share }) => [id, [measured.figure, measured.title, share]]),
  );
  expect([shown["stem"], shown["mix"], shown["join"]]).toEqual([
    [
      "1.50 ms",
      "1.50 ms for a step of 32 images: 0.50 ms forward, 1.00 ms backward (mean of 3 steps)",
      0.25,
    ],
    [
      "6.00 ms",
      "6.00 ms for a step of 32 images: 2.00 ms forward, 4.00 ms backward (mean of 3 steps)",
      1,
    ],
    ["", "Takes no part in the training", 0],
  ]);
});
