import type { ReactNode } from "react";
import type { Category } from "../../src/core/layers/layer.ts";

const forms: Readonly<Record<Category | "unknown", ReactNode>> = {
  convolution: <rect x="1.8" y="1.8" width="10.4" height="10.4" rx="1.5" />,
  pooling: <path className="glyph-filled" d="M1 1.5h12L9.6 12.5H4.4Z" />,
  normalization: <circle cx="7" cy="7" r="5.2" />,
  activation: <path d="M1 10.6h3.4C7.4 10.6 6.6 3.4 9.6 3.4H13" />,
  join: (
    <>
      <circle cx="7" cy="7" r="5.4" />
      <circle cx="7" cy="7" r="2.2" />
    </>
  ),
  dense: <path d="M7 1.2 12.8 7 7 12.8 1.2 7Z" />,
  shape: <path d="M4 2.6h9L10 11.4H1Z" />,
  block: (
    <>
      <rect x="1.4" y="1.4" width="8.2" height="8.2" />
      <path d="M12.6 4.4v8.2H4.4" />
    </>
  ),
  input: <rect x="1" y="3.8" width="12" height="6.4" rx="3.2" />,
  unknown: <path d="M7 1.6 13 12.4H1Z" />,
};

/** The form of a category: each differs in outline as well as in colour. */
export function Glyph({ category }: { readonly category: Category | undefined }) {
  const form = category ?? "unknown";
  return (
    <svg
      className={`glyph glyph-${form}`}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      aria-hidden="true"
      focusable="false"
    >
      {forms[form]}
    </svg>
  );
}
