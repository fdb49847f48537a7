import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Regions, aligned, alignment } from "../../../src/trainer/engines/wasm/regions.ts";

interface Taken {
  readonly address: number;
  readonly bytes: number;
}

const overlap = (a: Taken, b: Taken): boolean =>
  a.address < b.address + b.bytes && b.address < a.address + a.bytes;

describe("regions", () => {
  it("never overlap, and are used again", () => {
    const action = fc.oneof(
      fc.record({ take: fc.integer({ min: 0, max: 10_000 }) }),
      fc.record({ free: fc.nat() }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const regions = new Regions(alignment);
        let taken: Taken[] = [];
        let most = alignment;
        for (const one of actions) {
          if ("take" in one) {
            const region = {
              address: regions.take(one.take),
              bytes: aligned(Math.max(1, one.take)),
            };
            expect(region.address % alignment).toBe(0);
            expect(taken.filter((other) => overlap(region, other))).toEqual([]);
            taken.push(region);
            most = Math.max(most, ...taken.map(({ address, bytes }) => address + bytes));
          } else if (taken.length > 0) {
            const freed = taken[one.free % taken.length]!;
            regions.free(freed.address);
            taken = taken.filter((other) => other !== freed);
          }
        }
        expect(regions.peak).toBe(most);
        expect(regions.count).toBe(taken.length);
        for (const { address } of taken) regions.free(address);
        expect(regions.end).toBe(alignment);
      }),
    );
  });

  it("cannot be freed twice", () => {
    const regions = new Regions(0);
    const address = regions.take(100);
    regions.free(address);
    expect(() => regions.free(address)).toThrow(/nothing was taken/u);
  });
});
