import type { Position } from "../../src/core/design/command.ts";
import type { Rectangle } from "../canvas/geometry.ts";
import type { Flow } from "../canvas/layOut.ts";
import type { Scene, Wire } from "../canvas/scene.ts";
import { areaOf } from "./area.ts";
import type { Course } from "./course.ts";
import { pointsOn, type Curve, type Point } from "./curve.ts";
import { Obstacles } from "./obstacles.ts";
import { Labels } from "./labels.ts";
import { Router, type Ends } from "./router.ts";

/** A wire as it has been routed, and points on it. */
interface Routed extends Pick<Course, "path" | "start" | "end"> {
  readonly id: string;
  readonly points: readonly Point[];
}

function endsOf(
  { source, target }: Wire,
  places: ReadonlyMap<string, Rectangle>,
  flow: Flow,
): Ends | undefined {
  const [one, other] = [places.get(source), places.get(target)];
  if (one === undefined || other === undefined) {
    return undefined;
  }
  const [from, to] = [areaOf(one, flow), areaOf(other, flow)];
  const start = { along: from.to, across: (from.low + from.high) / 2 };
  const end = { along: to.from, across: (to.low + to.high) / 2 };
  return { source, target, start, end };
}

const round = (value: number): number => Math.round(value * 10) / 10;

function pathOf(curves: readonly Curve[], at: (point: Point) => Position): string {
  const words = (point: Point): string => at(point).map(round).join(" ");
  const [first] = curves;
  return [
    first === undefined ? "" : `M${words(first[0])}`,
    ...curves.map(([, one, other, end]) => `C${[one, other, end].map(words).join(" ")}`),
  ].join("");
}

const lengthOf = ({ start, end }: Ends): number => end.along - start.along;

/** The wires of a scene around its cards and titles, for as long as everything stands where it is. */
export class RoutedWires {
  readonly #flow: Flow;
  readonly #obstacles: Obstacles;
  readonly #routed: readonly Routed[];

  /** `places` are counted from the origin of the canvas. */
  constructor(scene: Scene, places: ReadonlyMap<string, Rectangle>, flow: Flow) {
    this.#flow = flow;
    this.#obstacles = new Obstacles(scene, places, flow);
    const router = new Router(this.#obstacles, flow);
    this.#routed = scene.wires
      .flatMap((wire) => {
        const ends = endsOf(wire, places, flow);
        return ends === undefined ? [] : [{ id: wire.id, ends }];
      })
      // Short ones first, which so get the lanes next to the cards, and long ones run around them.
      .toSorted((a, b) => lengthOf(a.ends) - lengthOf(b.ends))
      .map(({ id, ends }) => {
        const curves = router.route(ends);
        return {
          id,
          path: pathOf(curves, this.#at),
          start: this.#at(ends.start),
          end: this.#at(ends.end),
          points: curves.flatMap((curve) => pointsOn(curve, 8)),
        };
      });
  }

  /** Their courses by id, with places for the words that they carry now. */
  courses(wires: readonly Wire[]): ReadonlyMap<string, Course> {
    const words = new Map(wires.map(({ id, label }) => [id, label]));
    const labels = new Labels(this.#obstacles, this.#flow);
    return new Map(
      this.#routed.map(({ id, points, ...course }) => {
        const label = labels.place(words.get(id) ?? "", points);
        return [id, { ...course, label: label && this.#at(label) }];
      }),
    );
  }

  readonly #at = ({ along, across }: Point): Position =>
    this.#flow === "right" ? [along, across] : [across, along];
}
