/** The n-th of a list that has it. */
export function nth<T>(list: readonly T[], index: number): T {
  const one = list[index];
  if (one === undefined) {
    throw new Error(`element ${index} of a list of ${list.length}`);
  }
  return one;
}
