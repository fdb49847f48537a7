import type { Category } from "../../src/core/layers/layer.ts";
import type { PicturePalette } from "../../src/protocol/picture.ts";

/** Colours of a picture; they do not depend on the theme of the editor. */
export interface Palette {
  readonly background: string;
  readonly card: string;
  readonly line: string;
  readonly text: string;
  readonly quiet: string;
  readonly wire: string;
  readonly weight: string;
  readonly error: string;
  readonly categories: Readonly<Record<Category | "unknown", string>>;
}

/** Dark on light for paper, also where it is printed in grey, and light on dark for a screen. */
export const palettes: Readonly<Record<PicturePalette, Palette>> = {
  light: {
    background: "#ffffff",
    card: "#f6f8fa",
    line: "#afb8c1",
    text: "#1f2328",
    quiet: "#57606a",
    wire: "#6e7781",
    weight: "#0969da",
    error: "#cf222e",
    categories: {
      convolution: "#0969da",
      pooling: "#8250df",
      normalization: "#9a6700",
      activation: "#cf222e",
      join: "#1a7f37",
      dense: "#1f2328",
      shape: "#1f2328",
      block: "#bc4c00",
      input: "#57606a",
      unknown: "#1f2328",
    },
  },
  dark: {
    background: "#0d1117",
    card: "#161b22",
    line: "#444c56",
    text: "#e6edf3",
    quiet: "#9da7b3",
    wire: "#768390",
    weight: "#539bf5",
    error: "#f85149",
    categories: {
      convolution: "#539bf5",
      pooling: "#b083f0",
      normalization: "#daaa3f",
      activation: "#f47067",
      join: "#57ab5a",
      dense: "#e6edf3",
      shape: "#e6edf3",
      block: "#e0823d",
      input: "#9da7b3",
      unknown: "#e6edf3",
    },
  },
};
