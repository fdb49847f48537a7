import type { NodeChange } from "@xyflow/react";
import { useState } from "react";
import { useApplication } from "../state/context.ts";
import { useHandler } from "../state/useHandler.ts";
import type { CanvasNode } from "./flowElements.ts";
import { roundPosition } from "./geometry.ts";
import { useNodeDrop } from "./useNodeDrop.ts";
import type { CanvasScene } from "./useCanvasScene.ts";

/** Where nodes are while they are dragged. */
export type Dragged = ReadonlyMap<string, { readonly x: number; readonly y: number }>;
const nothingDragged: Dragged = new Map();

function positionsIn(changes: readonly NodeChange<CanvasNode>[]): Dragged {
  return new Map(
    changes.flatMap((change) =>
      change.type === "position" && change.dragging === true && change.position !== undefined
        ? [[change.id, change.position] as const]
        : [],
    ),
  );
}

/** Moves nodes with the pointer; where it lets go is one edit, which also puts a loose node on the wire below it. */
export function useDragging({ scene, layout }: CanvasScene) {
  const application = useApplication();
  const [dragged, setDragged] = useState(nothingDragged);
  const { target, drag, drop } = useNodeDrop(scene);
  const isDrawn = (id: string): boolean => layout.cards.has(id) || layout.frames.has(id);
  // A node that is deleted in the text while it is dragged ends its drag without a word.
  if (![...dragged.keys()].every(isDrawn)) {
    setDragged(new Map([...dragged].filter(([id]) => isDrawn(id))));
  }
  const take = (changes: readonly NodeChange<CanvasNode>[]): void => {
    const moved = positionsIn(changes);
    if (moved.size > 0) {
      setDragged((before) => new Map([...before, ...moved]));
    }
  };
  const onNodeDragStop = useHandler(
    (_: unknown, __: unknown, moved: readonly CanvasNode[]): void => {
      const positions = moved
        .filter(({ id }) => dragged.has(id))
        .map(
          ({ id, position }) => [id, roundPosition(layout.expansion.close(id, position))] as const,
        );
      if (positions.length > 0) {
        application.edit(drop(Object.fromEntries(positions)));
      }
      setDragged(nothingDragged);
    },
  );
  const onNodeDrag = useHandler(
    (event: MouseEvent | TouchEvent, _: unknown, moved: readonly CanvasNode[]): void =>
      drag(event, moved),
  );
  return { dragged, target, take, onNodeDrag, onNodeDragStop };
}
