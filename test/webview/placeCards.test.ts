import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Rectangle } from "../../webview/canvas/geometry.ts";
import { placeCards, type Link } from "../../webview/canvas/placeCards.ts";
import { loadLayering } from "../../webview/canvas/placeSegment.ts";

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function overlaps(places: ReadonlyMap<string, Rectangle>): readonly string[] {
  const all = [...places];
  return all.flatMap(([name, place], index) =>
    all
      .slice(index + 1)
      .flatMap(([other, there]) => (overlap(place, there) ? [`${name} ${other}`] : [])),
  );
}

const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `n${index}`);

/** Any wires at all among up to 30 nodes, circles and double wires included. */
const graphs = fc.integer({ min: 1, max: 30 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    links: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 60 }),
  }),
);

const linked = (links: readonly (readonly [number, number])[]): readonly Link[] =>
  links.map(([source, target]) => ({ source: `n${source}`, target: `n${target}` }));

beforeAll(loadLayering);

describe("places for cards", () => {
  it("exist for every card of any graph, none on another, and are the same every time", () => {
    fc.assert(
      fc.property(
        graphs,
        fc.constantFrom("right" as const, "down" as const),
        ({ count, links }, flow) => {
          const places = placeCards(names(count), linked(links), flow);
          expect([...places.keys()].toSorted()).toEqual(names(count).toSorted());
          expect(overlaps(places)).toEqual([]);
          expect(placeCards(names(count), linked(links), flow)).toEqual(places);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("put a head that ends early beside the trunk, which stays in one line", () => {
    const trunk = linked([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
    ]);
    const alone = placeCards(names(6), trunk, "right");
    const withHead = placeCards(
      names(8),
      [
        ...trunk,
        ...linked([
          [2, 6],
          [6, 7],
        ]),
      ],
      "right",
    );
    for (const name of names(6)) {
      expect(withHead.get(name)).toEqual(alone.get(name));
    }
    expect(withHead.get("n6")!.x).toBe(alone.get("n3")!.x);
    expect(withHead.get("n6")!.y).toBeGreaterThan(alone.get("n3")!.y);
  });

  it("stand in order of the wires in 2,000 nodes with shortcuts", () => {
    const links = names(2000).flatMap((_, index) => [
      ...(index > 0 ? [[index - 1, index] as const] : []),
      ...(index % 6 === 5 ? [[index - 3, index] as const] : []),
    ]);
    const places = placeCards(names(2000), linked(links), "right");
    expect(
      links.filter(([from, to]) => places.get(`n${from}`)!.x >= places.get(`n${to}`)!.x),
    ).toEqual([]);
  });

  it("survive a graph that nothing divides", () => {
    const links = names(600).flatMap((_, index) =>
      [1, 7, 23].flatMap((step) => (index + step < 600 ? [[index, index + step] as const] : [])),
    );
    expect(overlaps(placeCards(names(600), linked(links), "down"))).toEqual([]);
  });
});
