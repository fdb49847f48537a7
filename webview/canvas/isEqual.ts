/** True where two values of plain data hold the same. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return false;
  }
  const [entries, others] = [Object.entries(a), b as Readonly<Record<string, unknown>>];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    entries.length === Object.keys(b).length &&
    entries.every(([key, value]) => key in others && isEqual(value, others[key]))
  );
}

/** The items with those of `before` in place of equal ones, so that what did not change is not drawn again. */
export function reuseEqual<T extends { readonly id: string }>(
  before: readonly T[],
  items: readonly T[],
): readonly T[] {
  const known = new Map(before.map((item) => [item.id, item]));
  const reused = items.map((item) => {
    const same = known.get(item.id);
    return same !== undefined && isEqual(same, item) ? same : item;
  });
  const isUnchanged =
    before.length === reused.length && reused.every((item, index) => item === before[index]);
  return isUnchanged ? before : reused;
}
