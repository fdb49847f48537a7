/** One value of several texts of JSON that is not the same in all; empty where one has none. */
export interface Difference {
  /** Keys from the outside in, with dots between: `c1.filters`. */
  readonly path: string;
  readonly values: readonly string[];
}

/** What is not the same in all of several values of JSON, in the order in which it is met. */
export function differences(values: readonly unknown[]): readonly Difference[] {
  const flat = values.map((value) => new Map(leaves(value)));
  const paths = new Set(flat.flatMap((leaf) => [...leaf.keys()]));
  return [...paths]
    .map((path) => ({ path, values: flat.map((leaf) => leaf.get(path) ?? "") }))
    .filter(({ values: all }) => new Set(all).size > 1);
}

/** Every value that is no object, a list as one text. */
function leaves(value: unknown, path = ""): readonly (readonly [string, string])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [[path, typeof value === "string" ? value : (JSON.stringify(value) ?? "")]];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, path === "" ? key : `${path}.${key}`),
  );
}
