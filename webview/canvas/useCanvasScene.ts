import { useLayoutEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import { useAppState } from "../state/context.ts";
import type { AppState } from "../state/appState.ts";
import { useUnhurried } from "../state/useUnhurried.ts";
import { blockTree, nearestGroup } from "./blockTree.ts";
import { reuseEqual } from "./isEqual.ts";
import { withGradients } from "./gradientMeasure.ts";
import { withTimes } from "./timeMeasure.ts";
import { layOut, type Flow, type Layout } from "./layOut.ts";
import { onBetterPlaces, placeInBackground, placesVersion } from "./placeSegment.ts";
import { createScene, type Scene } from "./scene.ts";

/** The scene and where everything in it stands. */
export interface CanvasScene {
  /** What the scene was made from. */
  readonly drawn: AnalyzedDesign;
  readonly scene: Scene;
  readonly layout: Layout;
  readonly flow: Flow;
  /** Path of the block that fills the canvas. */
  readonly inside: string | undefined;
}

/** Hands out the cards, frames and wires of before where a new scene has equal ones. */
class SceneMemory {
  #before: Pick<Scene, "cards" | "frames" | "wires"> = { cards: [], frames: [], wires: [] };

  reuse(fresh: Scene): Scene {
    const before = this.#before;
    const reused = {
      cards: reuseEqual(before.cards, fresh.cards),
      frames: reuseEqual(before.frames, fresh.frames),
      wires: reuseEqual(before.wires, fresh.wires),
    };
    this.#before = reused;
    return { ...fresh, ...reused };
  }
}

/** `right` until the person or the first look at a file says otherwise. */
const flowOf = (state: AppState): Flow => (state.view.direction === "down" ? "down" : "right");

/** What changes where things stand; numbers and names of options do not. */
function structureOf(scene: Scene): string {
  return JSON.stringify([
    scene.cards.map(({ id }) => [id, scene.frameOf.get(id)]),
    scene.frames.map(({ id }) => [id, scene.frameOf.get(id)]),
    scene.wires.map(({ id, source, target }) => [id, source, target]),
  ]);
}

/** Works out the scene of the drawn text; what did not change keeps its identity. */
export function useCanvasScene(): CanvasScene {
  const drawn = useUnhurried();
  const measure = useAppState((state) => state.view.measure);
  const openBlocks = useAppState((state) => state.view.openBlocks);
  const inside = useAppState(({ view, drawn: { network } }) =>
    view.inside === undefined ? undefined : nearestGroup(blockTree(network), view.inside)?.id,
  );
  const flow = useAppState(flowOf);
  const [memory] = useState(() => new SceneMemory());
  const layers = useAppState(({ view, training }) =>
    view.measure === "gradientNorm" ? training.layers : undefined,
  );
  const times = useAppState(({ view, training }) =>
    view.measure === "trainingTime" ? training.times : undefined,
  );
  const scene = useMemo(() => {
    const fresh = createScene(drawn, openBlocks, measure, inside);
    if (layers !== undefined) return memory.reuse(withGradients(fresh, layers));
    return memory.reuse(times === undefined ? fresh : withTimes(fresh, times));
  }, [memory, drawn, openBlocks, measure, inside, layers, times]);
  const structure = useMemo(() => structureOf(scene), [scene]);
  const pinned = drawn.parsed.design.canvas;
  const pinnedPlaces = useMemo(() => JSON.stringify([...pinned]), [pinned]);
  const places = useSyncExternalStore(onBetterPlaces, placesVersion);
  const layout = useMemo(
    () => layOut(scene, flow, pinned),
    // The scene changes with every number; its places change only with these.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [structure, pinnedPlaces, flow, places],
  );
  useLayoutEffect(placeInBackground, [layout]);
  return { drawn, scene, layout, flow, inside };
}
