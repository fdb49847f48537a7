import { commonBlockOptions } from "../blocks/blockOptions.ts";
import { blockDefinition } from "../blocks/blocks.ts";
import type { BlockSource, Design, DesignNode } from "../design/design.ts";
import { readOptions } from "../design/readOptions.ts";
import { layerDefinition } from "../layers/layers.ts";
import type { JsonValue } from "../layers/option.ts";

/** Of what a block of the file takes beside its parameters. */
const commonDefaults = { trainable: commonBlockOptions.trainable.default };

type Values = Readonly<Record<string, unknown>>;

/** The options as they count: read and defaulted where that is possible, so that `3` and `[3, 3]` are the same. */
export function countingOptions({ type, options }: DesignNode, { blocks }: Design): Values {
  const own = blocks.get(type);
  if (own !== undefined) return { ...commonDefaults, ...own.parameters, ...options };
  const definition = layerDefinition(type) ?? blockDefinition(type);
  return (definition && readOptions(definition.options, options).values) ?? options;
}

/** A value with the keys of its objects in one order, as text. */
export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? ""
  );
}

/** The text of the file's definition of a block, and of those that it uses; empty for what the file does not define. */
export function definitionOf(type: string, { blocks }: Design): string {
  const seen = new Set<string>();
  const parts: string[] = [];
  const add = (name: string): void => {
    const source = blocks.get(name);
    if (source === undefined || seen.has(name)) return;
    seen.add(name);
    parts.push(`${name} ${canonical(plain(source))}`);
    for (const node of source.nodes.values()) add(node.type);
  };
  add(type);
  return parts.join("\n");
}

const plain = ({ parameters, inputs, nodes, output }: BlockSource) => ({
  parameters,
  inputs,
  nodes: [...nodes.values()],
  output,
});

/** An option as it is written, or as it counts where it is not. */
export const shownOption = (node: DesignNode, counting: Values, option: string) =>
  node.options[option] ?? (counting[option] as JsonValue | undefined);
