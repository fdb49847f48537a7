/** What the nodes of a built-in block call the things that are wired to it. */
export function inputNames(count: number): readonly string[] {
  return count === 1 ? ["input"] : Array.from({ length: count }, (_, index) => `input${index + 1}`);
}
