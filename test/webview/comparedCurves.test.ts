import { expect, it } from "vitest";
import { aligned, comparedCurve, valueAt } from "../../webview/training/comparedCurves.ts";

const epoch = (number: number, validationLoss?: number) => ({
  epoch: number,
  step: 10 * number,
  loss: 1,
  accuracy: 0.5,
  ...(validationLoss === undefined ? {} : { validationLoss }),
});

it("lays runs with and without validation images over one axis of epochs", () => {
  const points = [5, 15].map((step) => ({ step, loss: step, accuracy: 0 }));
  const common = { stepsPerEpoch: 10, points };
  const validated = { ...common, name: "a", epochs: [epoch(1, 3), epoch(2, 2)] };
  const plain = { ...common, name: "b", epochs: [epoch(1), epoch(2)] };
  const curves = [validated, plain].map((run) => comparedCurve(run, "loss"));
  expect(curves).toEqual([
    { epochs: [1, 2], values: [3, 2] },
    { epochs: [0.5, 1.5], values: [5, 15] },
  ]);
  expect(aligned(curves)).toEqual([
    [0.5, 1, 1.5, 2],
    [null, 3, null, 2],
    [5, null, 15, null],
  ]);
});

it("reads a curve where the pointer is, and at its end where it is nowhere", () => {
  const curve = { epochs: [1, 2, 4], values: [0.9, 0.5, 0.2] };
  expect([undefined, 0.5, 1, 3, 4, 5].map((at) => valueAt(curve, at))).toEqual([
    0.2,
    undefined,
    0.9,
    0.5,
    0.2,
    undefined,
  ]);
});
