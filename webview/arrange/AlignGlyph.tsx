import type { Alignment } from "../../src/protocol/webview.ts";

/** Lines along which cards stand, and the cards, on a square of 16 by 16. */
const pictures: Readonly<Record<Alignment, { readonly line: string; readonly cards: string }>> = {
  alignLeft: { line: "M2.5 2v12", cards: "M5 4h8v3H5zM5 9h5v3H5z" },
  alignCenter: { line: "M8.5 2v12", cards: "M4 4h9v3H4zM6 9h5v3H6z" },
  alignRight: { line: "M13.5 2v12", cards: "M3 4h8v3H3zM6 9h5v3H6z" },
  alignTop: { line: "M2 2.5h12", cards: "M4 5v8h3V5zM9 5v5h3V5z" },
  alignMiddle: { line: "M2 8.5h12", cards: "M4 4v9h3V4zM9 6v5h3V6z" },
  alignBottom: { line: "M2 13.5h12", cards: "M4 3v8h3V3zM9 6v5h3V6z" },
  distributeHorizontally: { line: "M2.5 2v12M13.5 2v12", cards: "M6 5h4v6H6z" },
  distributeVertically: { line: "M2 2.5h12M2 13.5h12", cards: "M5 6h6v4H5z" },
};

/** A picture of how cards are lined up; decoration only, so its button carries the name. */
export function AlignGlyph({ alignment }: { readonly alignment: Alignment }) {
  const { line, cards } = pictures[alignment];
  return (
    <svg className="align-glyph" viewBox="0 0 16 16" aria-hidden="true">
      <path className="align-line" d={line} />
      <path className="align-cards" d={cards} />
    </svg>
  );
}
