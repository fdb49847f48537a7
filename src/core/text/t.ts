let table: Readonly<Record<string, string>> = {};

/** Sets the translations by their English text; once, at the start of a process, before anything is said. */
export function setStrings(strings: Readonly<Record<string, string>>): void {
  table = strings;
}

/** The translations that were set, for a process that is started by this one. */
export const currentStrings = (): Readonly<Record<string, string>> => table;

/** The text in the language that was set, English where it has none; `{0}`, `{1}` stand for the further arguments. */
export function t(template: string, ...values: readonly (string | number)[]): string {
  const text = table[template] ?? template;
  return values.length === 0
    ? text
    : text.replaceAll(/\{(\d+)\}/g, (place, index: string) =>
        String(values[Number(index)] ?? place),
      );
}
