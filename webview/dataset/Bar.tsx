/** How much of the most something is; the number beside it says the same. */
export function Bar({ value, most }: { readonly value: number; readonly most: number }) {
  return (
    <span className="dataset-track" aria-hidden="true">
      <span className="dataset-bar" style={{ width: `${(100 * value) / Math.max(1, most)}%` }} />
    </span>
  );
}
