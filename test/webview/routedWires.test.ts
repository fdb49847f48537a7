import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";
import { blockTree } from "../../webview/canvas/blockTree.ts";
import type { Rectangle } from "../../webview/canvas/geometry.ts";
import { layOut, type Flow } from "../../webview/canvas/layOut.ts";
import { absolutePlaces } from "../../webview/canvas/places.ts";
import { loadLayering } from "../../webview/canvas/placeSegment.ts";
import { createScene, type Scene } from "../../webview/canvas/scene.ts";
import { shiftOf, type Course } from "../../webview/wires/course.ts";
import { pointsOn } from "../../webview/wires/curve.ts";
import { freeLanes } from "../../webview/wires/freeLanes.ts";
import { RoutedWires } from "../../webview/wires/routedWires.ts";
import { analyzed } from "./designs.ts";

const flows = ["right", "down"] as const;

interface Drawn {
  readonly scene: Scene;
  readonly places: ReadonlyMap<string, Rectangle>;
  readonly courses: ReadonlyMap<string, Course>;
}

/** A design with all of its blocks open. */
function drawn(text: string, flow: Flow): Drawn {
  const design = analyzed(text);
  const open = [...blockTree(design.network).groups.keys()];
  const scene = createScene(design, open, "parameters");
  const places = absolutePlaces(scene, layOut(scene, flow, design.parsed.design.canvas));
  return { scene, places, courses: new RoutedWires(scene, places, flow).courses(scene.wires) };
}

const zooTextOf = (id: string): string => zooText(zoo.find((network) => network.id === id)!);

/** Points on a path as it is written into the page, `[x, y]`. */
function pointsOf({ path }: Course): readonly (readonly [number, number])[] {
  const [start = "", ...curves] = path.slice(1).split("C");
  let [x = NaN, y = NaN] = start.split(" ").map(Number);
  return curves.flatMap((curve) => {
    const [a, b, c, d, e, f] = curve.split(" ").map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const points = pointsOn(
      [
        { along: x, across: y },
        { along: a, across: b },
        { along: c, across: d },
        { along: e, across: f },
      ],
      40,
    );
    [x, y] = [e, f];
    return points.map(({ along, across }) => [along, across] as const);
  });
}

const isIn = ([x, y]: readonly [number, number], place: Rectangle): boolean =>
  x > place.x + 1 &&
  x < place.x + place.width - 1 &&
  y > place.y + 1 &&
  y < place.y + place.height - 1;

/** Wires that run behind a card, as `wire: card`. */
const behindCards = ({ scene, places, courses }: Drawn): readonly string[] =>
  [...courses].flatMap(([id, course]) => {
    const points = pointsOf(course);
    return scene.cards
      .filter((card) => points.some((point) => isIn(point, places.get(card.id)!)))
      .map((card) => `${id}: ${card.id}`);
  });

/** Words on wires that lie over a card, or over the title of a frame. */
const coveredByWords = ({ scene, places, courses }: Drawn): readonly string[] => {
  const solid = [
    ...scene.cards.map(({ id }) => places.get(id)!),
    ...scene.frames.map(({ id }) => ({ ...places.get(id)!, height: 34 })),
  ];
  return scene.wires.flatMap(({ id, label }) => {
    const middle = courses.get(id)?.label;
    if (middle === undefined) return [];
    const half = label.length * 3;
    const [x, y] = middle;
    const isOver = solid.some(
      (place) =>
        x - half < place.x + place.width &&
        place.x < x + half &&
        y - 6 < place.y + place.height &&
        place.y < y + 6,
    );
    return isOver ? [id] : [];
  });
};

beforeAll(loadLayering);

describe("wires", () => {
  const networks = ["googlenet", "googlenetAuxiliary", "resnet18", "densenet121", "inceptionV3"];

  it.each(networks.flatMap((id) => flows.map((flow) => [id, flow] as const)))(
    "of %s, all blocks open, run behind no card and say nothing over a card or a title (%s)",
    (id, flow) => {
      const all = drawn(zooTextOf(id), flow);
      expect(all.courses.size).toBe(all.scene.wires.length);
      expect([behindCards(all), coveredByWords(all)]).toEqual([[], []]);
    },
  );

  it("past a chain each have a lane of their own, outside of the cards", () => {
    const { courses } = drawn(
      JSON.stringify({
        version: 1,
        nodes: {
          image: { type: "input", shape: [8, 8, 4] },
          a: { type: "relu", from: "image" },
          b: { type: "relu", from: "a" },
          c: { type: "add", from: ["b", "a"] },
          d: { type: "add", from: ["c", "image"] },
        },
        canvas: { image: [0, 0], a: [300, 0], b: [600, 0], c: [900, 0], d: [1200, 0] },
      }),
      "right",
    );
    /** Where the middle of a wire is, from the line in which the cards stand. */
    const aside = (id: string): number => {
      const points = pointsOf(courses.get(id)!);
      return Math.round((points[Math.floor(points.length / 2)]?.[1] ?? NaN) - 35);
    };
    const [short, long] = [aside("a→c#1"), aside("image→d#1")];
    expect(aside("image→a#0")).toBe(0);
    expect(Math.min(Math.abs(short), Math.abs(long))).toBeGreaterThan(35 + 8);
    expect(Math.abs(short - long)).toBeGreaterThanOrEqual(8);
  });

  it("begin and end at their cards wherever these stand", () => {
    const corner = fc.tuple(
      fc.integer({ min: -900, max: 900 }),
      fc.integer({ min: -900, max: 900 }),
    );
    fc.assert(
      fc.property(
        fc.array(corner, { minLength: 3, maxLength: 3 }),
        fc.constantFrom(...flows),
        (corners, flow) => {
          const names = ["image", "a", "b"];
          const { courses, places } = drawn(
            JSON.stringify({
              version: 1,
              nodes: {
                image: { type: "input", shape: [8, 8, 4] },
                a: { type: "relu", from: "image" },
                b: { type: "add", from: ["a", "image"] },
              },
              canvas: Object.fromEntries(names.map((name, index) => [name, corners[index]])),
            }),
            flow,
          );
          const { x, y, width, height } = places.get("a")!;
          const { start, end, path } = courses.get("a→b#0")!;
          expect(start).toEqual(
            flow === "right" ? [x + width, y + height / 2] : [x + width / 2, y + height],
          );
          expect(path.startsWith(`M${start.join(" ")}C`) && path.endsWith(end.join(" "))).toBe(
            true,
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("lanes", () => {
  it("are free, the nearest first", () => {
    expect(
      freeLanes(
        [
          [-10, 10],
          [5, 30],
          [60, 70],
        ],
        0,
        0,
      ),
    ).toEqual([-10, 30, 60, 70]);
    expect(freeLanes([], 3, 8)).toEqual([8, 3]);
  });
});

describe("a course", () => {
  const course: Course = { path: "", start: [0, 0], end: [100, 50], label: undefined };

  it("is moved with both of its ends, and given up when one is dragged", () => {
    expect([
      shiftOf(course, [3, 0], [97, 50]),
      shiftOf(course, [40, -20], [140, 30]),
      shiftOf(course, [40, 0], [100, 50]),
    ]).toEqual([[0, 0], [40, -20], undefined]);
  });
});
