const cardOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);

/** Moves the keyboard focus to a card, after React has drawn it. */
export function focusCard(id: string): void {
  requestAnimationFrame(() => cardOf(id)?.focus({ preventScroll: true }));
}

/** Gives the keyboard back to the canvas: to this card, or to the canvas itself. */
export function focusCanvas(id: string | undefined): void {
  requestAnimationFrame(() => {
    const card = id === undefined ? null : cardOf(id);
    (card ?? document.querySelector<HTMLElement>(".react-flow"))?.focus({ preventScroll: true });
  });
}
