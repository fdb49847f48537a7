/** Colours of the curves of compared runs, as VS Code names them. */
export const lineColors = [
  "--vscode-charts-blue",
  "--vscode-charts-green",
  "--vscode-charts-purple",
  "--vscode-charts-orange",
  "--vscode-charts-red",
  "--vscode-charts-yellow",
] as const;

/** Dashes of the same curves, by which they are told apart without colours. */
export const lineDashes: readonly (readonly number[])[] = [
  [],
  [7, 4],
  [2, 3],
  [9, 3, 2, 3],
  [4, 4],
  [12, 4],
];
