import type { Category } from "../../src/core/layers/layer.ts";

/** Outline of a category in a square of 14; each differs in form as well as in colour. */
export interface GlyphForm {
  readonly path: string;
  readonly isFilled?: boolean;
}

/** The forms, `unknown` for a type that does not exist. */
export const glyphForms: Readonly<Record<Category | "unknown", GlyphForm>> = {
  convolution: {
    path: "M3.3 1.8h7.4a1.5 1.5 0 0 1 1.5 1.5v7.4a1.5 1.5 0 0 1-1.5 1.5H3.3a1.5 1.5 0 0 1-1.5-1.5V3.3a1.5 1.5 0 0 1 1.5-1.5Z",
  },
  pooling: { path: "M1 1.5h12L9.6 12.5H4.4Z", isFilled: true },
  normalization: { path: "M1.8 7a5.2 5.2 0 1 0 10.4 0a5.2 5.2 0 1 0-10.4 0Z" },
  activation: { path: "M1 10.6h3.4C7.4 10.6 6.6 3.4 9.6 3.4H13" },
  join: {
    path: "M1.6 7a5.4 5.4 0 1 0 10.8 0a5.4 5.4 0 1 0-10.8 0ZM4.8 7a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0Z",
  },
  dense: { path: "M7 1.2 12.8 7 7 12.8 1.2 7Z" },
  shape: { path: "M4 2.6h9L10 11.4H1Z" },
  block: { path: "M1.4 1.4h8.2v8.2H1.4ZM12.6 4.4v8.2H4.4" },
  input: {
    path: "M4.2 3.8h5.6a3.2 3.2 0 0 1 0 6.4H4.2a3.2 3.2 0 0 1 0-6.4Z",
  },
  unknown: { path: "M7 1.6 13 12.4H1Z" },
};
