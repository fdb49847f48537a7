type Value = string | number | undefined;

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** A text as XML 1.0 may hold it: nothing in it is markup, and characters that no document may have are replaced. */
export function escapeXml(text: string): string {
  return (
    text
      .replaceAll(/\p{Surrogate}/gu, "\uFFFD")
      // eslint-disable-next-line no-control-regex -- control characters are what is looked for
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "\uFFFD")
      .replaceAll(/[&<>"]/g, (character) => escapes[character] ?? character)
  );
}

/** An element; attributes that are `undefined` are left out, and `content` is XML already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, Value>>,
  content = "",
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(numberless(value))}"`)
    .join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** Hundredths of a pixel are fine enough. */
const numberless = (value: Value): string =>
  typeof value === "number" ? String(Math.round(value * 100) / 100) : (value ?? "");
