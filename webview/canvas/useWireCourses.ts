import { useEffect, useMemo, useState } from "react";
import type { Course } from "../wires/course.ts";
import { absolutePlaces } from "./places.ts";
import type { CanvasScene } from "./useCanvasScene.ts";

type Routing = typeof import("../wires/routedWires.ts").RoutedWires;

const none: ReadonlyMap<string, Course> = new Map();

/** How wires run around cards; none, and so plain bends, until what finds them has loaded. */
export function useWireCourses({ scene, layout, flow }: CanvasScene): ReadonlyMap<string, Course> {
  const [Routed, setRouted] = useState<Routing>();
  useEffect(() => {
    void import("../wires/routedWires.ts").then(({ RoutedWires }) => setRouted(() => RoutedWires));
  }, []);
  const routed = useMemo(
    () => Routed && new Routed(scene, absolutePlaces(scene, layout), flow),
    // Whatever moves a wire makes a new layout; the scene changes with every number.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [Routed, layout, flow],
  );
  return useMemo(() => routed?.courses(scene.wires) ?? none, [routed, scene.wires]);
}
