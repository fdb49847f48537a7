/** Frames to wait for the table, which is loaded when it is first shown. */
const MOST_FRAMES = 120;

/** Gives the keyboard to the table of layers, as soon as it is drawn. */
export function focusTable(frames = MOST_FRAMES): void {
  requestAnimationFrame(() => {
    const grid = document.querySelector<HTMLElement>(".table-grid");
    if (grid !== null) {
      grid.focus();
    } else if (frames > 0) {
      focusTable(frames - 1);
    }
  });
}
