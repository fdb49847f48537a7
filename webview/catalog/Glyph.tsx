import type { Category } from "../../src/core/layers/layer.ts";
import { glyphForms } from "./glyphForms.ts";

/** The form of a category: each differs in outline as well as in colour. */
export function Glyph({ category }: { readonly category: Category | undefined }) {
  const kind = category ?? "unknown";
  const { path, isFilled = false } = glyphForms[kind];
  return (
    <svg
      className={`glyph glyph-${kind}`}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      aria-hidden="true"
      focusable="false"
    >
      <path className={isFilled ? "glyph-filled" : undefined} d={path} />
    </svg>
  );
}
