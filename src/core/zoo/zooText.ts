import type { ZooBlock, ZooNetwork, ZooNode } from "./zooNetwork.ts";

/** The text of a network's `*.cnn.json` file, one line a node. */
export function zooText(network: ZooNetwork): string {
  const { name, nodes, blocks, training } = network;
  const sections = [
    `"version": 1`,
    `"name": ${JSON.stringify(name)}`,
    `"nodes": {\n${lines(nodes, "    ")}\n  }`,
    ...(blocks === undefined ? [] : [`"blocks": {\n${blockLines(blocks)}\n  }`]),
    ...(training === undefined ? [] : [`"training": ${spaced(training)}`]),
  ];
  return `{\n${sections.map((section) => `  ${section}`).join(",\n")}\n}\n`;
}

function lines(nodes: Readonly<Record<string, ZooNode>>, indent: string): string {
  return Object.entries(nodes)
    .map(([id, node]) => `${indent}${JSON.stringify(id)}: ${spaced(node)}`)
    .join(",\n");
}

function blockLines(blocks: Readonly<Record<string, ZooBlock>>): string {
  return Object.entries(blocks)
    .map(([id, { parameters, inputs, nodes, output }]) =>
      [
        `    ${JSON.stringify(id)}: {`,
        `      "parameters": ${spaced(parameters)},`,
        `      "inputs": ${spaced(inputs)},`,
        `      "nodes": {\n${lines(nodes, "        ")}\n      },`,
        `      "output": ${JSON.stringify(output)}`,
        "    }",
      ].join("\n"),
    )
    .join(",\n");
}

/** JSON on one line with spaces as people write it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, entry]) => `${JSON.stringify(key)}: ${spaced(entry)}`,
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}
