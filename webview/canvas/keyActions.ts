import type { Application } from "../state/application.ts";
import { closeFind } from "../find/findActions.ts";
import { closeBlock, enterBlock, leaveBlock, openBlock, showPart } from "./blockActions.ts";
import { focusCard } from "./focusCard.ts";
import { roundPosition } from "./geometry.ts";
import type { Link } from "./placeCards.ts";
import type { Scene } from "./scene.ts";
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

/** The wires, and those of an open block: into it, and from it to its first card. */
function linksOf({ wires, frames, cards, frameOf }: Scene): readonly Link[] {
  const within = (id: string | undefined, frame: string): boolean =>
    id !== undefined && (frameOf.get(id) === frame || within(frameOf.get(id), frame));
  const ofFrames = frames.flatMap(({ id }): readonly Link[] => {
    const first = cards.find((card) => within(card.id, id));
    const entering = wires.filter(
      ({ source, target }) => within(target, id) && !within(source, id),
    );
    return [
      ...entering.map(({ source }) => ({ source, target: id })),
      ...(first === undefined ? [] : [{ source: id, target: first.id }]),
    ];
  });
  return [...wires, ...ofFrames];
}

/** Selects the neighbour of the selected card, or the first card; `isAdding` keeps what is selected too. */
export const moveFocus =
  (arrow: Arrow, isAdding = false) =>
  ({ application, canvas, reveal }: KeyContext): void => {
    const places = absolutePlaces(canvas.scene, canvas.layout);
    const current = application.store.get().view.selection.at(-1);
    const next =
      current === undefined
        ? canvas.scene.cards[0]?.id
        : neighbor(current, arrow, places, linksOf(canvas.scene), canvas.flow);
    if (next !== undefined) {
      const kept = isAdding ? application.store.get().view.selection : [];
      application.select([...kept.filter((id) => id !== next), next]);
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

/** Goes into the block at this card or frame, or out to what a card outside of it stands for; false for a plain layer. */
export function goThrough(application: Application, { scene }: CanvasScene, id: string): boolean {
  const card = scene.cards.find((each) => each.id === id);
  if (card?.outside !== undefined) {
    showPart(application, card.outside);
    return true;
  }
  if (card?.canOpen === true || scene.frames.some((frame) => frame.id === id)) {
    enterBlock(application, id);
    return true;
  }
  return false;
}

/** Goes into the selected block. */
export function goInside({ application, canvas }: KeyContext): boolean {
  const [id] = application.store.get().view.selection;
  return id !== undefined && goThrough(application, canvas, id);
}

/** Opens the selected block in its place, or closes the one that the selection stands in. */
export function toggleBlock({
  application,
  canvas,
}: Pick<KeyContext, "application" | "canvas">): void {
  const { scene } = canvas;
  const [id] = application.store.get().view.selection;
  if (id === undefined) {
    return;
  }
  if (scene.cards.some((card) => card.id === id && card.canOpen)) {
    openBlock(application, id);
    focusCard(id);
    return;
  }
  const frame = scene.frames.some((each) => each.id === id) ? id : scene.frameOf.get(id);
  if (frame !== undefined) {
    closeBlock(application, frame);
    application.select([frame]);
    focusCard(frame);
  }
}

/** Selects every card. */
export function selectAll({
  application,
  canvas,
}: Pick<KeyContext, "application" | "canvas">): void {
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
  const { view, drawn } = application.store.get();
  const [first] = view.selection;
  if (first !== undefined && drawn.parsed.design.nodes.has(first)) {
    application.startRenaming(first);
  }
}

/** Closes the topmost thing: the sentence about the last gesture, the find box, the block that fills the canvas, else the selection. */
export function leave({ application }: KeyContext): void {
  const { notice, find } = application.store.get();
  if (notice !== undefined) {
    application.dismissNotice();
  } else if (find.isOpen) {
    closeFind(application);
  } else if (!leaveBlock(application)) {
    application.select([]);
  }
}
