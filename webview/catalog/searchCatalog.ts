import type { CatalogEntry } from "./catalog.ts";

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

/** How well an entry fits: smaller is better, `undefined` where it does not. */
function rank(entry: CatalogEntry, query: string): number | undefined {
  const [title, type] = [plain(entry.title), plain(entry.type)];
  if (title === query || type === query) {
    return 0;
  }
  if (title.startsWith(query) || type.startsWith(query)) {
    return 1;
  }
  if (title.includes(query) || type.includes(query)) {
    return 2;
  }
  return plain(entry.category).includes(query) || plain(entry.summary).includes(query)
    ? 3
    : undefined;
}

/** Entries whose title, type, group or summary holds the words, the best first and otherwise in their order. */
export function searchCatalog(
  entries: readonly CatalogEntry[],
  query: string,
): readonly CatalogEntry[] {
  const wanted = plain(query);
  if (wanted === "") {
    return entries;
  }
  return entries
    .map((entry) => ({ entry, rank: rank(entry, wanted) }))
    .filter((found): found is { entry: CatalogEntry; rank: number } => found.rank !== undefined)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}
