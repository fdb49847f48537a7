/** Moves the keyboard focus to a card, after React has drawn it. */
export function focusCard(id: string): void {
  requestAnimationFrame(() => {
    const card = document.querySelector<HTMLElement>(
      `.react-flow__node[data-id="${CSS.escape(id)}"]`,
    );
    card?.focus({ preventScroll: true });
  });
}
