/** Colours of a picture, whatever the theme of the editor is. */
export type PicturePalette = "light" | "dark";

/** How a picture of a network looks. */
export interface PictureOptions {
  readonly palette: PicturePalette;
  /** False leaves out what is counted: the chosen measure, its bars, receptive fields and totals. */
  readonly hasMeasures: boolean;
}

/** What the canvas is asked for; `scale` is pixels of a PNG for each pixel at zoom 1. */
export type PictureRequest = PictureOptions &
  ({ readonly format: "svg" } | { readonly format: "png"; readonly scale: number });

/** The numbers that a node can show. */
export const measureNames = ["parameters", "macs", "activations", "receptiveField"] as const;

/** What the command line asks for beside. */
export interface TerminalPictureOptions extends PictureOptions {
  readonly openBlocks: readonly string[] | "all";
  readonly measure: (typeof measureNames)[number];
  readonly flow: "right" | "down";
}

/** Draws the text of a design as SVG, or says that there is no such block to open. */
export type TerminalPicture = (
  text: string,
  options: TerminalPictureOptions,
) => Promise<
  | { readonly type: "svg"; readonly svg: string }
  | { readonly type: "noBlock"; readonly id: string; readonly blocks: readonly string[] }
>;
