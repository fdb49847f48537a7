import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EpochResult } from "../../src/protocol/run.ts";
import { EarlyStopping } from "../../src/trainer/recipe/earlyStopping.ts";
import { isBetter, type Monitor } from "../../src/trainer/recipe/isBetter.ts";

const result = (
  epoch: number,
  loss: number,
  validation?: readonly [loss: number, accuracy: number],
): EpochResult => ({
  epoch,
  step: epoch * 10,
  loss,
  accuracy: 0.5,
  ...(validation && { validationLoss: validation[0], validationAccuracy: validation[1] }),
});

describe("the best epoch", () => {
  it("is that with the best validation accuracy where nothing is said, then with the lower loss", () => {
    const before = result(1, 1, [0.5, 0.8]);
    expect(isBetter(result(2, 0.1, [0.1, 0.79]), before)).toBe(false);
    expect(isBetter(result(2, 2, [0.6, 0.81]), before)).toBe(true);
    expect(isBetter(result(2, 2, [0.4, 0.8]), before)).toBe(true);
    expect(isBetter(result(2, 0.9), result(1, 1))).toBe(true);
  });

  it("is that to which early stopping goes back where there is one", () => {
    const value = fc.integer({ min: 0, max: 20 }).map((n) => n / 20);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 12 }),
        fc.record<Monitor>({
          monitor: fc.constantFrom("loss", "accuracy"),
          minDelta: fc.constantFrom(0, 0.1),
        }),
        fc.boolean(),
        (values, monitor, hasValidation) => {
          const epochs = values.map(([loss, validationLoss, accuracy], index) =>
            result(index + 1, loss, hasValidation ? [validationLoss, accuracy] : undefined),
          );
          const stopping = new EarlyStopping({ ...monitor, patience: 100, restoreBest: true });
          let best: EpochResult | undefined;
          for (const one of epochs) {
            stopping.endEpoch(one, []);
            best = isBetter(one, best, monitor) ? one : best;
          }
          expect(best?.epoch).toBe(stopping.bestEpoch);
        },
      ),
    );
  });
});
