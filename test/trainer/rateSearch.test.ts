import { describe, expect, it } from "vitest";
import { layersEvent } from "../../src/trainer/layerStatistics.ts";
import { RateSearch, rateOfStep, wholeSpan } from "../../src/trainer/recipe/rateSearch.ts";

describe("a search for a learning rate", () => {
  it("raises the rate by the same factor from step to step", () => {
    const span = { from: 1e-4, to: 1, steps: 5 };
    for (const [index, rate] of [1e-4, 1e-3, 1e-2, 0.1, 1].entries()) {
      expect(rateOfStep(span, index + 1)).toBeCloseTo(rate, 8);
    }
  });

  const searched = (lossOf: (rate: number) => number) => {
    const search = new RateSearch();
    let steps = 0;
    for (let step = 1; step <= wholeSpan.steps && !search.hasExploded; step += 1) {
      const rate = rateOfStep(wholeSpan, step);
      search.add(rate, lossOf(rate));
      steps = step;
    }
    return { search, steps };
  };

  it("suggests a tenth of where the loss is lowest, and ends where it explodes", () => {
    // A valley at 0.03 with steep walls on its right.
    const { search, steps } = searched((rate) =>
      rate < 0.03 ? 2.3 - 0.4 * Math.log10(1 + rate / 1e-4) : 1.3 + (rate / 0.03) ** 2,
    );
    expect(steps).toBeLessThan(wholeSpan.steps);
    expect(search.suggestion).toBeGreaterThanOrEqual(0.002);
    expect(search.suggestion).toBeLessThanOrEqual(0.004);
  });

  it("suggests nothing where the loss does not fall", () => {
    expect(searched((rate) => 2.3 + rate).search.suggestion).toBeUndefined();
  });
});

describe("statistics of the layers", () => {
  const norms = (values: readonly number[]) => Float32Array.from(values);

  it("are those of all weights of a layer together", () => {
    const measured = ["stage/1/c1/kernel", "stage/1/c1/bias", "out/kernel"];
    const event = layersEvent(measured, norms([3, 30, 0.3, 4, 40, 0.4, 1, 2, 0]), 7);
    expect(event).toEqual({
      type: "layers",
      step: 7,
      layers: [
        {
          layer: "stage/1/c1",
          gradientNorm: 5,
          weightNorm: 50,
          updateRatio: expect.closeTo(0.01, 6),
        },
        { layer: "out", gradientNorm: 1, weightNorm: 2, updateRatio: 0 },
      ],
    });
  });

  it.each([
    ["vanishing", 1e-9],
    ["exploding", 1e5],
  ] as const)("warn of a %s gradient", (kind, norm) => {
    const event = layersEvent(["a/kernel", "b/kernel"], norms([1, 1, 1, norm, 1, 1]), 1);
    expect(event?.warning).toEqual({ kind, layer: "b" });
  });

  it("are left out where a norm is not finite", () => {
    expect(layersEvent(["a/kernel"], norms([Infinity, 1, 1]), 1)).toBeUndefined();
  });
});
