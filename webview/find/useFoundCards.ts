import { useMemo } from "react";
import type { Scene } from "../canvas/scene.ts";
import { useAppState } from "../state/context.ts";
import { foundCards, type FoundCards } from "./foundCards.ts";

/** What a search marks, while something is looked for. */
export function useFoundCards(scene: Scene): FoundCards | undefined {
  const drawn = useAppState((state) => state.drawn);
  const { isOpen, query, matches } = useAppState((state) => state.find);
  const isFinding = isOpen && query.trim() !== "";
  return useMemo(
    () => (isFinding ? foundCards(drawn, scene, matches) : undefined),
    [isFinding, drawn, scene, matches],
  );
}
