const cardOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);

/** Frames to wait for a card: a large canvas draws it only once the view has moved there. */
const MOST_FRAMES = 40;

/** Moves the keyboard focus to a card, as soon as it is drawn. */
export function focusCard(id: string, frames = MOST_FRAMES): void {
  requestAnimationFrame(() => {
    const card = cardOf(id);
    if (card !== null) {
      card.focus({ preventScroll: true });
    } else if (frames > 0) {
      focusCard(id, frames - 1);
    }
  });
}

/** Gives the keyboard back to the canvas: to this card, or to the canvas itself. */
export function focusCanvas(id: string | undefined): void {
  requestAnimationFrame(() => {
    const card = id === undefined ? null : cardOf(id);
    (card ?? document.querySelector<HTMLElement>(".react-flow"))?.focus({ preventScroll: true });
  });
}
