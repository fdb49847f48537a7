import { expect, test } from "vitest";
import { withGradients } from "../../webview/canvas/gradientMeasure.ts";
import { createScene } from "../../webview/canvas/scene.ts";
import { analyzed, branches } from "./designs.ts";

const statistics = (layer: string, gradientNorm: number) => ({
  layer,
  gradientNorm,
  weightNorm: 1,
  updateRatio: 0.001,
});

test("a card shows the norm over all its layers, beside the longest", () => {
  const scene = createScene(analyzed(branches), [], "gradientNorm");
  const { cards } = withGradients(scene, {
    step: 40,
    layers: [statistics("stem", 1), statistics("mix/1/conv1", 3), statistics("mix/2/conv1", 4)],
  });
  const shown = Object.fromEntries(
    cards.map(({ id, measured, share }) => [id, [measured.figure, share]]),
  );
  expect([shown["stem"], shown["mix"], shown["join"]]).toEqual([
    ["1.0e+0", 0.2],
    ["5.0e+0", 1],
    ["", 0],
  ]);
});
