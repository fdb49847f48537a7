let table: Readonly<Record<string, string>> = {};

/** Sets the translations by their English text, once the host has sent them. */
export function setStrings(strings: Readonly<Record<string, string>>): void {
  table = strings;
}

/** The text in the language of VS Code; `{0}`, `{1}` stand for the further arguments. */
export function t(key: string, ...values: readonly (string | number)[]): string {
  const text = table[key] ?? key;
  return values.length === 0
    ? text
    : text.replaceAll(/\{(\d+)\}/g, (place, index: string) =>
        String(values[Number(index)] ?? place),
      );
}
