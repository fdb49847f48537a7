import { writeFileSync } from "node:fs";
import { measureNames, type TerminalPicture } from "../protocol/picture.ts";
import { FileError, readDesignFile } from "./readDesignFile.ts";
import { type ExitCode, exitCodes, printable, type Terminal } from "./terminal.ts";

/** What a picture from the command line shows, as it is asked for. */
export interface PictureChoice {
  /** File to write; standard output where there is none. */
  readonly output?: string;
  readonly isDark: boolean;
  readonly isDown: boolean;
  /** Names of blocks to open, with commas between them, or `all`. */
  readonly open?: string;
  /** The number on each node, or `none`. */
  readonly measure: PictureMeasure;
}

/** What `--measure` takes. */
export const pictureMeasures = [...measureNames, "none"] as const;
export type PictureMeasure = (typeof pictureMeasures)[number];

/** `cnn-architect picture FILE [-o OUT.svg]`: the network as SVG, as the canvas would lay it out. */
export async function pictureCommand(
  file: string,
  choice: PictureChoice,
  terminal: Terminal,
  draw: TerminalPicture,
): Promise<ExitCode> {
  const { output, isDark, isDown, open, measure } = choice;
  const picture = await draw(readDesignFile(file), {
    palette: isDark ? "dark" : "light",
    flow: isDown ? "down" : "right",
    openBlocks: open === "all" ? "all" : (open?.split(",").filter(Boolean) ?? []),
    hasMeasures: measure !== "none",
    measure: measure === "none" ? "parameters" : measure,
  });
  if (picture.type === "noBlock") {
    const known =
      picture.blocks.length === 0 ? "It has none." : `It has ${picture.blocks.join(", ")}.`;
    throw new FileError(printable(`${file} has no block ${picture.id} to open. ${known}`));
  }
  if (output === undefined) {
    terminal.write(picture.svg);
  } else {
    write(output, picture.svg);
  }
  return exitCodes.ok;
}

function write(file: string, svg: string): void {
  try {
    writeFileSync(file, svg);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FileError(`${file} cannot be written: ${reason}`);
  }
}
