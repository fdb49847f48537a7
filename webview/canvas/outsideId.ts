const mark = "↥ ";

/** Id of the card that stands for something outside of the block that fills the canvas. */
export const outsideId = (path: string): string => mark + path;

/** True for such a card, which is not a part of the block. */
export const isOutside = (id: string): boolean => id.startsWith(mark);
