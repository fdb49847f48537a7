import fc from "fast-check";

/** How a generated text is set: every author writes JSON in a way of their own. */
interface Setting {
  readonly eol: string;
  readonly indent: string;
  readonly isCompact: boolean;
  readonly trailingComma: boolean;
  readonly comments: readonly string[];
  readonly nodesInLines: boolean;
}

const setting: fc.Arbitrary<Setting> = fc.record({
  eol: fc.constantFrom("\n", "\r\n"),
  indent: fc.constantFrom("  ", "\t", "    "),
  isCompact: fc.boolean(),
  trailingComma: fc.boolean(),
  comments: fc.array(fc.constantFrom("", "", "// one", "/* two, { */", '// "c1": {'), {
    minLength: 7,
    maxLength: 7,
  }),
  nodesInLines: fc.boolean(),
});

const ids = ["c1", "c2", "join", "größe 1", "__proto__", "last"];

const nodes = fc.array(
  fc.record({
    type: fc.constantFrom("conv2d", "add", "dense", "residualBlock", "mystery"),
    sources: fc.array(fc.nat(10), { maxLength: 3 }),
    asList: fc.boolean(),
    filters: fc.option(fc.integer({ min: 1, max: 64 })),
  }),
  { maxLength: ids.length },
);

/** Texts of designs without cycles, with comments, trailing commas, tabs and CRLF in all mixtures. */
export const designText = fc
  .record({ setting, nodes, sections: fc.subarray(["version", "training", "canvas", "extra"]) })
  .map(({ setting: set, nodes: made, sections }) => {
    const names = ["image", ...ids.slice(0, made.length)];
    const entries = made.map(({ type, sources, asList, filters }, index) => {
      const from = sources.map((source) => JSON.stringify(names[source % (index + 1)]));
      return entry(
        names[index + 1] ?? "",
        [
          `"type": "${type}"`,
          ...(from.length === 0
            ? []
            : [`"from": ${from.length === 1 && !asList ? from[0] : `[${from.join(", ")}]`}`]),
          ...(filters === null ? [] : [`"filters": ${filters}`]),
        ],
        set,
      );
    });
    const image = entry("image", ['"type": "input"', '"shape": [28, 28, 1]'], set);
    return lines(
      [
        ...(sections.includes("version") ? ['"version": 1'] : []),
        `"nodes": ${block([image, ...entries], set, set.indent)}`,
        ...(sections.includes("training")
          ? ['"training": { "optimizer": "sgd", "epochs": 3 }']
          : []),
        ...(sections.includes("canvas") ? ['"canvas": { "image": [0, 1.5], "gone": [1, 2] }'] : []),
        ...(sections.includes("extra") ? ['"extra": [1, { "a": null }]'] : []),
      ],
      set,
    );
  });

function entry(id: string, options: readonly string[], set: Setting): string {
  const name = `${JSON.stringify(id)}: `;
  return set.nodesInLines && !set.isCompact
    ? name + block(options, set, set.indent.repeat(2))
    : `${name}{ ${options.join(", ")} }`;
}

function lines(parts: readonly string[], set: Setting): string {
  return `${set.comments[6] === "// one" ? `// the file${set.eol}` : ""}${block(parts, set, "")}${set.eol}`;
}

function block(parts: readonly string[], set: Setting, indent: string): string {
  const comma = set.trailingComma ? "," : "";
  if (set.isCompact) return `{${parts.join(",")}${comma}}`;
  const inner = `${set.eol}${indent}${set.indent}`;
  const written = parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    const comment = set.comments[index] ?? "";
    return `${inner}${part}${isLast ? comma : ","}${comment === "" ? "" : ` ${comment}`}`;
  });
  return `{${written.join("")}${set.eol}${indent}}`;
}
