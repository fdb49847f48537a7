import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import type { Numbers } from "../../src/core/analysis/analysis.ts";
import { readOptions } from "../../src/core/design/readOptions.ts";
import { sizeOf } from "../../src/core/layers/shape.ts";
import { blockTree, innerName, type Group } from "../canvas/blockTree.ts";
import { groupNumbers } from "../canvas/sceneCards.ts";
import { catalogEntry } from "../catalog/catalog.ts";
import { t } from "../text/t.ts";

/** A node of the design, a block inside a block, or a layer: what a query can find. */
export interface Findable {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Title of the type in the language of the person. */
  readonly typeTitle: string;
  /** Place among the layers of the network from 1; absent for blocks. */
  readonly place: number | undefined;
  /** With defaults, where they could be read. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly numbers: () => Numbers | undefined;
}

/** Values that it puts out for one image. */
export const activationsOf = ({ outputShape }: Numbers): number =>
  outputShape === undefined ? 0 : sizeOf(outputShape);

const isCopy = (group: Group): boolean => group.id !== group.node && /\/\d+$/.test(group.id);

/** A window that is pooled steps by its own size where no stride is given. */
const withStrides = (options: Findable["options"]): Findable["options"] =>
  options["poolSize"] === undefined
    ? options
    : { ...options, strides: options["strides"] ?? options["poolSize"] };

/** Everything of a network that has a name of its own, in the order in which it is read. */
export function findables(drawn: AnalyzedDesign): readonly Findable[] {
  const { network, analysis, parsed } = drawn;
  const { nodes, blocks } = parsed.design;
  const tree = blockTree(network);
  const found: Findable[] = [];
  const add = (id: string, type: string, options: Findable["options"]): void => {
    const layer = network.byId.get(id);
    const group = tree.groups.get(id);
    const entry = catalogEntry(type, blocks);
    found.push({
      id,
      name: nodes.has(id) ? id : innerName(id),
      type,
      typeTitle: t(entry?.title ?? type),
      place: layer === undefined ? undefined : layer.index + 1,
      options: withStrides(layer?.options ?? options),
      numbers: () =>
        analysis.layerById.get(id) ??
        analysis.nodes.get(id) ??
        (group === undefined ? undefined : groupNumbers(group, drawn)),
    });
  };
  const visit = (id: string): void => {
    const [node, group, layer] = [nodes.get(id), tree.groups.get(id), network.byId.get(id)];
    if (node !== undefined) {
      const table = catalogEntry(node.type, blocks)?.options ?? {};
      const values = readOptions(table, node.options).values ?? node.options;
      add(id, node.type, { ...values, repeat: node.repeat });
    } else if (group !== undefined && !isCopy(group)) {
      add(id, group.type, {});
    } else if (layer !== undefined) {
      add(id, layer.type, {});
    }
    for (const member of group?.members ?? []) {
      visit(member);
    }
  };
  for (const id of nodes.keys()) {
    visit(id);
  }
  return found;
}
