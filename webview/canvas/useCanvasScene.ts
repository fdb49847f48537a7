import { useMemo, useRef } from "react";
import { useAppState } from "../state/context.ts";
import type { AppState } from "../state/appState.ts";
import { reuseEqual } from "./isEqual.ts";
import { layOut, type Flow, type Layout } from "./layOut.ts";
import { createScene, type Card, type Frame, type Scene, type Wire } from "./scene.ts";

/** The scene and where everything in it stands. */
export interface CanvasScene {
  readonly scene: Scene;
  readonly layout: Layout;
  readonly flow: Flow;
}

interface Drawn {
  readonly cards: readonly Card[];
  readonly frames: readonly Frame[];
  readonly wires: readonly Wire[];
}

const nothing: Drawn = { cards: [], frames: [], wires: [] };

/** `right` until the person or the first look at a file says otherwise. */
const flowOf = (state: AppState): Flow => (state.view.direction === "down" ? "down" : "right");

/** What changes where things stand; numbers and names of options do not. */
function structureOf(scene: Scene): string {
  return JSON.stringify([
    scene.cards.map(({ id }) => [id, scene.frameOf.get(id)]),
    scene.wires.map(({ id, source, target }) => [id, source, target]),
  ]);
}

/** Works out the scene of the drawn text; what did not change keeps its identity. */
export function useCanvasScene(): CanvasScene {
  const drawn = useAppState((state) => state.drawn);
  const measure = useAppState((state) => state.view.measure);
  const openBlocks = useAppState((state) => state.view.openBlocks);
  const flow = useAppState(flowOf);
  const before = useRef<Drawn>(nothing);
  const scene = useMemo(() => {
    const fresh = createScene(drawn, openBlocks, measure);
    const reused = {
      cards: reuseEqual(before.current.cards, fresh.cards),
      frames: reuseEqual(before.current.frames, fresh.frames),
      wires: reuseEqual(before.current.wires, fresh.wires),
    };
    before.current = reused;
    return { ...fresh, ...reused };
  }, [drawn, openBlocks, measure]);
  const structure = structureOf(scene);
  const pinned = drawn.parsed.design.canvas;
  const pinnedPlaces = JSON.stringify([...pinned]);
  const layout = useMemo(
    () => layOut(scene, flow, pinned),
    // The scene changes with every number; its places change only with these.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [structure, pinnedPlaces, flow],
  );
  return { scene, layout, flow };
}
