import { blockDefinition } from "../../src/core/blocks/blocks.ts";
import type { Network, NetworkBlock, NetworkLayer } from "../../src/core/network/network.ts";

/** A block, or one copy of a block that repeats: a card that opens to what is inside. */
export interface Group {
  /** Path as in the network: `stage`, its second copy `stage/2`, a block in it `stage/2/se`. */
  readonly id: string;
  readonly node: string;
  /** Group that it stands in; absent for the node itself. */
  readonly parent?: string;
  readonly type: string;
  /** How often it stands in a row; a copy stands once. */
  readonly repeat: number;
  /** Layers and groups directly inside, in their order. */
  readonly members: readonly string[];
  readonly layers: readonly NetworkLayer[];
  /** Layer whose output leaves it; absent where the inside is broken. */
  readonly output?: string;
}

/** The groups of a network by their paths, and the innermost group of every layer. */
export interface BlockTree {
  readonly groups: ReadonlyMap<string, Group>;
  readonly groupOf: ReadonlyMap<string, string>;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A group while its inside is gathered. */
interface Growing extends Omit<Writable<Group>, "members" | "layers"> {
  readonly members: string[];
  readonly layers: NetworkLayer[];
}

class TreeBuilder {
  readonly groups = new Map<string, Growing>();
  readonly groupOf = new Map<string, string>();
  readonly #network: Network;
  readonly #blocks: ReadonlyMap<string, NetworkBlock>;

  constructor(network: Network) {
    this.#network = network;
    this.#blocks = new Map(network.blocks.map((block) => [block.id, block]));
  }

  build(): BlockTree {
    for (const block of this.#blocks.values()) {
      if (block.parent === undefined) {
        this.#addBlock(block, undefined);
      }
    }
    for (const layer of this.#network.layers) {
      this.#addLayer(layer);
    }
    this.#findOutputs();
    return { groups: this.groups, groupOf: this.groupOf };
  }

  #add(block: NetworkBlock, id: string, parent: Growing | undefined, repeat: number): Growing {
    const { type, node } = block;
    const group: Growing = { id, node, type, repeat, members: [], layers: [] };
    if (parent !== undefined) {
      group.parent = parent.id;
      parent.members.push(id);
    }
    this.groups.set(id, group);
    return group;
  }

  #addBlock(block: NetworkBlock, parent: Growing | undefined): void {
    if (block.children.length > 0) {
      this.#fill(block, this.#add(block, block.id, parent, block.repeat));
    }
  }

  #fill(block: NetworkBlock, group: Growing): void {
    const [only, ...more] = block.children;
    const inner = more.length === 0 && only !== undefined ? this.#blocks.get(only) : undefined;
    // A part that nobody wrote or knows by name would only be one more click.
    if (inner !== undefined && block.repeat === 1 && blockDefinition(inner.type)?.isInternal) {
      this.#fill(inner, group);
      return;
    }
    for (const child of block.children) {
      this.#addChild(child, this.#copyOf(child, block, group));
    }
  }

  /** The copy of a repeated block that a child belongs to; the block itself where it is not made of copies. */
  #copyOf(child: string, block: NetworkBlock, group: Growing): Growing {
    const end = child.indexOf("/", block.id.length + 1);
    if (block.repeat === 1 || end === -1) {
      return group;
    }
    const copy = child.slice(0, end);
    return this.groups.get(copy) ?? this.#add(block, copy, group, 1);
  }

  #addChild(child: string, group: Growing): void {
    const block = this.#blocks.get(child);
    if (block !== undefined) {
      this.#addBlock(block, group);
    } else {
      // A part that is broken has no layer and is still to be seen, with what is wrong with it.
      this.groupOf.set(child, group.id);
      group.members.push(child);
    }
  }

  #addLayer(layer: NetworkLayer): void {
    let id = this.groupOf.get(layer.id);
    while (id !== undefined) {
      const group = this.groups.get(id);
      group?.layers.push(layer);
      id = group?.parent;
    }
  }

  /** Where a group is left: at the last of its layers that something outside of it reads. */
  #findOutputs(): void {
    for (const output of this.#network.outputOf.values()) {
      this.#leave(output, undefined);
    }
    for (const layer of this.#network.layers) {
      for (const input of layer.inputs) {
        this.#leave(input, layer.id);
      }
    }
  }

  /** Marks a layer as the output of every group that stands around it but not around its reader. */
  #leave(output: string, reader: string | undefined): void {
    if (!this.groupOf.has(output)) {
      return;
    }
    const around = new Set(reader === undefined ? [] : pathOf(this, reader));
    for (const id of pathOf(this, output)) {
      const group = this.groups.get(id);
      if (group !== undefined && !around.has(id)) {
        group.output = output;
      }
    }
  }
}

const known = new WeakMap<Network, BlockTree>();

/** What stands inside of what in a network; worked out once. */
export function blockTree(network: Network): BlockTree {
  const tree = known.get(network) ?? new TreeBuilder(network).build();
  known.set(network, tree);
  return tree;
}

/** The groups around a layer or group, from the outermost inwards and without itself. */
export function pathOf({ groups, groupOf }: BlockTree, id: string): readonly string[] {
  const path: string[] = [];
  let current = groupOf.get(id) ?? groups.get(id)?.parent;
  while (current !== undefined) {
    path.push(current);
    current = groups.get(current)?.parent;
  }
  return path.toReversed();
}

/** The group at this path, or the nearest around it that is still there. */
export function nearestGroup({ groups }: BlockTree, path: string | undefined): Group | undefined {
  let current = path;
  while (current !== undefined) {
    const group = groups.get(current);
    if (group !== undefined) {
      return group;
    }
    const end = current.lastIndexOf("/");
    current = end === -1 ? undefined : current.slice(0, end);
  }
  return undefined;
}

/** Name of a layer or group within what stands around it: `conv1`, and `stage 2` for the second copy of `stage`. */
export function innerName(id: string): string {
  const [last = id, before] = id.split("/").toReversed();
  return before !== undefined && /^\d+$/.test(last) ? `${before} ${last}` : last;
}
