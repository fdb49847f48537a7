/** Groups of the sheet of shortcuts in their order, with their headings in English. */
export const keyGroups = {
  move: "Move and Select",
  draw: "Draw and Edit",
  blocks: "Blocks",
  view: "Find and View",
  train: "Train",
} as const;

export type KeyGroup = keyof typeof keyGroups;
