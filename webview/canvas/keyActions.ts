import type { Application } from "../state/application.ts";
import { focusCard } from "./focusCard.ts";
import { roundPosition } from "./geometry.ts";
import { neighbor, type Arrow } from "./neighbor.ts";
import { absolutePlaces } from "./places.ts";
import type { CanvasScene } from "./useCanvasScene.ts";

/** What a key of the canvas works with. */
export interface KeyContext {
  readonly application: Application;
  readonly canvas: CanvasScene;
  /** Takes away the selected wire; false where none is selected. */
  readonly removeWire: () => boolean;
  /** Moves the view until a card is in sight. */
  readonly reveal: (id: string) => void;
}

const steps: Readonly<Record<Arrow, readonly [x: number, y: number]>> = {
  left: [-20, 0],
  right: [20, 0],
  up: [0, -20],
  down: [0, 20],
};

/** Selects the neighbour of the selected card, or the first card. */
export const moveFocus =
  (arrow: Arrow) =>
  ({ application, canvas, reveal }: KeyContext): void => {
    const places = absolutePlaces(canvas.scene, canvas.layout);
    const current = application.store.get().view.selection.at(-1);
    const next =
      current === undefined
        ? canvas.scene.cards[0]?.id
        : neighbor(current, arrow, places, canvas.scene.wires, canvas.flow);
    if (next !== undefined) {
      application.select([next]);
      reveal(next);
      focusCard(next);
    }
  };

/** Moves the selected nodes by one step of the grid. */
export const nudge =
  (arrow: Arrow) =>
  ({ application, canvas }: KeyContext): void => {
    const places = absolutePlaces(canvas.scene, canvas.layout);
    const { view, drawn } = application.store.get();
    const [x, y] = steps[arrow];
    const positions = view.selection.flatMap((id) => {
      const place = drawn.parsed.design.nodes.has(id) ? places.get(id) : undefined;
      const moved = place && canvas.layout.expansion.close(id, { x: place.x + x, y: place.y + y });
      return moved === undefined ? [] : [[id, roundPosition(moved)] as const];
    });
    if (positions.length > 0) {
      application.edit({ type: "moveNodes", positions: Object.fromEntries(positions) });
    }
  };

/** Opens the selected block in its place, or closes the one that the selection stands in. */
export function toggleBlock({ application }: KeyContext): void {
  const { selection, openBlocks } = application.store.get().view;
  const [id] = selection;
  const node = id?.split("/")[0];
  if (node !== undefined) {
    const isOpen = openBlocks.includes(node);
    application.setView({
      openBlocks: isOpen ? openBlocks.filter((each) => each !== node) : [...openBlocks, node],
      selection: [node],
    });
    focusCard(node);
  }
}

/** Selects every card. */
export function selectAll({ application, canvas }: KeyContext): void {
  application.select(canvas.scene.cards.map(({ id }) => id));
}

/** Takes away the selected wire, or the selected nodes. */
export function removeSelected({ application, removeWire }: KeyContext): void {
  if (!removeWire()) {
    application.removeSelection();
  }
}

/** Edits the name of the selected node on its card. */
export function rename({ application }: KeyContext): void {
  const [first] = application.store.get().view.selection;
  if (first !== undefined) {
    application.startRenaming(first);
  }
}

/** Closes the topmost thing: the sentence about the last gesture, else the selection. */
export function leave({ application }: KeyContext): void {
  if (application.store.get().notice === undefined) {
    application.select([]);
  } else {
    application.dismissNotice();
  }
}
