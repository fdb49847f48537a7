import { useMemo } from "react";
import type { CanvasScene } from "../canvas/useCanvasScene.ts";
import { useAppState } from "../state/context.ts";
import { foundCards, type FoundCards } from "./foundCards.ts";

/** What a search marks, while something is looked for. */
export function useFoundCards({ drawn, scene }: CanvasScene): FoundCards | undefined {
  const { isOpen, query, matches } = useAppState((state) => state.find);
  const isFinding = isOpen && query.trim() !== "";
  return useMemo(
    () => (isFinding ? foundCards(drawn, scene, matches) : undefined),
    [isFinding, drawn, scene, matches],
  );
}
