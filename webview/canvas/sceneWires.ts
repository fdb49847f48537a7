import type { Analysis } from "../../src/core/analysis/analysis.ts";
import type { DesignNode } from "../../src/core/design/design.ts";
import type { NetworkLayer } from "../../src/core/network/network.ts";
import { formatTightShape } from "../text/format.ts";
import { pathOf, type Group } from "./blockTree.ts";
import { outsideId } from "./outsideId.ts";
import type { Drawing, Wire } from "./scene.ts";

/** The wires of a scene, and the paths of what stands outside of the block that fills the canvas but is wired to it. */
export interface SceneWires {
  readonly wires: readonly Wire[];
  readonly outside: readonly string[];
}

/** The card that stands for a layer: itself, or the outermost closed block around it. */
class Representatives {
  readonly outside = new Set<string>();
  readonly #drawing: Drawing;
  readonly #around: ReadonlySet<string>;
  readonly #known = new Map<string, string>();

  constructor(drawing: Drawing) {
    this.#drawing = drawing;
    const { inside, tree } = drawing;
    this.#around = new Set(inside === undefined ? [] : [...pathOf(tree, inside.id), inside.id]);
  }

  of(layer: string): string {
    const known = this.#known.get(layer);
    if (known !== undefined) {
      return known;
    }
    const found = this.#find(layer);
    this.#known.set(layer, found);
    return found;
  }

  #find(layer: string): string {
    const { tree, open, inside } = this.#drawing;
    const path = pathOf(tree, layer);
    if (inside === undefined || path.includes(inside.id)) {
      const below = path.slice(path.indexOf(inside?.id ?? "") + 1);
      return below.find((group) => !open.has(group)) ?? layer;
    }
    const out = path.find((group) => !this.#around.has(group)) ?? layer;
    this.outside.add(out);
    return outsideId(out);
  }
}

/** Works out which cards are wired; several wires between the same two are drawn as one. */
export function sceneWires(drawing: Drawing): SceneWires {
  const cards = new Representatives(drawing);
  const { drawn, inside } = drawing;
  const found =
    inside === undefined
      ? [...drawn.parsed.design.nodes.values()].flatMap((node) => wiresInto(node, drawing, cards))
      : wiresWithin(inside, drawing, cards);
  const wires = new Map<string, Wire>();
  for (const wire of found) {
    if (wire.source !== wire.target && !wires.has(wire.id)) {
      wires.set(wire.id, wire);
    }
  }
  return { wires: [...wires.values()], outside: [...cards.outside] };
}

const outputLabel = (analysis: Analysis, id: string): string => {
  const shape = (analysis.nodes.get(id) ?? analysis.layerById.get(id))?.outputShape;
  return shape === undefined ? "" : formatTightShape(shape);
};

function wiresInto(node: DesignNode, drawing: Drawing, cards: Representatives): readonly Wire[] {
  const { drawn, open, tree } = drawing;
  const { network, analysis } = drawn;
  if (open.has(node.id)) {
    const layers = tree.groups.get(node.id)?.layers ?? [];
    return layers.flatMap((layer) => wiresIntoLayer(layer, layer.inputs, drawing, cards));
  }
  return node.from.flatMap((from, index) =>
    drawn.parsed.design.nodes.has(from)
      ? [
          {
            id: `${from}→${node.id}#${index}`,
            source: open.has(from) ? cards.of(network.outputOf.get(from) ?? from) : from,
            target: node.id,
            label: outputLabel(analysis, from),
            port: { node: node.id, index },
            from,
          },
        ]
      : [],
  );
}

function wiresIntoLayer(
  layer: NetworkLayer,
  inputs: readonly string[],
  { drawn }: Drawing,
  cards: Representatives,
): readonly Wire[] {
  const { network, analysis, parsed } = drawn;
  const target = cards.of(layer.id);
  return inputs.flatMap((input) => {
    const from = network.byId.get(input)?.node;
    if (from === undefined) {
      return [];
    }
    const source = cards.of(input);
    const index = parsed.design.nodes.get(layer.node)?.from.indexOf(from) ?? -1;
    // What enters an open block is the wire that the file has to the block.
    const end = index === -1 ? {} : { port: { node: layer.node, index }, from };
    return [
      { id: `${source}→${target}`, source, target, label: outputLabel(analysis, input), ...end },
    ];
  });
}

/** Wires of the block that fills the canvas: between its parts, and to what it is wired to outside. */
function wiresWithin(inside: Group, drawing: Drawing, cards: Representatives): readonly Wire[] {
  const within = new Set(inside.layers.map(({ id }) => id));
  const wires = drawing.drawn.network.layers.flatMap((layer) => {
    const isWithin = within.has(layer.id);
    const inputs = isWithin ? layer.inputs : layer.inputs.filter((input) => within.has(input));
    return inputs.length === 0 ? [] : wiresIntoLayer(layer, inputs, drawing, cards);
  });
  // Inside of a block nothing is wired by hand.
  return wires.map(({ port: _, from: __, ...wire }) => wire);
}
