/** What is measured of a drawing in one round, all in milliseconds; a step that failed has no figures. */
export interface DrawingTimes {
  /** From the click or the address to the first frame with the network. */
  readonly opened: readonly number[];
  /** To the last change of the drawing after that. */
  readonly settled: readonly number[];
  /** From frame to frame while panning and zooming. */
  readonly pan: readonly number[];
  readonly zoom: readonly number[];
}

/** What only a drawing that can be edited has. */
export interface CanvasTimes extends DrawingTimes {
  readonly drag: readonly number[];
  /** From the press of Enter to the end of the frame with the new total. */
  readonly edits: readonly number[];
  /** To the end of the frame with the new number on the card of the edited node. */
  readonly cards: readonly number[];
}

/** One round of one design. */
export interface Round {
  readonly design: string;
  readonly title: string;
  readonly layers: number;
  readonly canvas: CanvasTimes;
  readonly netron: DrawingTimes;
}
