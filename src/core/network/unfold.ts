import { blockDefinition } from "../blocks/blocks.ts";
import { bindValues, resolveParameters } from "../blocks/parameters.ts";
import type { Design, DesignNode } from "../design/design.ts";
import { readOptions } from "../design/readOptions.ts";
import { repeatOption } from "../design/recipeOptions.ts";
import { layerDefinition } from "../layers/layers.ts";
import type { Shape } from "../layers/shape.ts";
import { Expander } from "./expander.ts";
import { fragmentNode } from "./fragmentNode.ts";
import { inputNames } from "./inputNames.ts";
import { topologicalOrder } from "./topologicalOrder.ts";
import { t } from "../text/t.ts";

/** Most nodes that a block is unfolded to; a file with more of them is no help to anybody. */
const MOST_NODES = 2000;

/** Why a node cannot be unfolded, in words for the person who asked. */
export class UnfoldError extends Error {}

/** What one node stands for: nodes of the design in its place, and the one that its readers read. */
export interface Unfolded {
  readonly nodes: readonly DesignNode[];
  readonly output: string;
}

/** One copy of a block: its nodes in topological order, as they stand in the block. */
interface Copy {
  readonly nodes: readonly DesignNode[];
  readonly inputs: readonly string[];
  readonly output: string;
}

/** Replaces nodes by what they stand for, one level deep; parts that a file cannot name are unfolded too. */
export class Unfolding {
  readonly #design: Design;
  readonly #isTaken: (name: string) => boolean;
  readonly #names = new Set<string>();
  /** Of the design around, and of what was unfolded so far as far as it was asked for. */
  readonly #shapes = new Map<string, Shape>();
  #nodes: DesignNode[] = [];

  constructor(design: Design, isTaken: (name: string) => boolean) {
    this.#design = design;
    this.#isTaken = isTaken;
    for (const [id, { shape }] of new Expander(design.blocks).expandNodes(design.nodes).outlets) {
      if (shape !== undefined) this.#shapes.set(id, shape);
    }
  }

  /** Throws an `UnfoldError` for a layer, and for a block whose inside cannot be known. */
  unfold(node: DesignNode): Unfolded {
    if (layerDefinition(node.type) !== undefined && node.repeat === 1) {
      throw new UnfoldError(t("{0} is a layer: nothing stands inside of it.", node.id));
    }
    this.#nodes = [];
    const output = this.#place(node, node.from);
    return { nodes: this.#nodes, output };
  }

  /** Adds what a node stands for, with the node's id before every name; returns the id of what leaves it. */
  #place(node: DesignNode, from: readonly string[]): string {
    let current = from;
    for (let copy = 1; copy <= node.repeat; copy++) {
      const prefix = node.repeat === 1 ? node.id : `${node.id}_${copy}`;
      const inside = this.#copyOf(node, current, copy);
      const ids = new Map(inside.inputs.map((name, index) => [name, current[index] ?? name]));
      for (const part of inside.nodes) {
        const sources = part.from.map((source) => ids.get(source) ?? source);
        ids.set(part.id, this.#add(part, prefix, sources));
      }
      current = [ids.get(inside.output) ?? inside.output, ...from.slice(1)];
    }
    return current[0] ?? node.id;
  }

  #add(part: DesignNode, prefix: string, from: readonly string[]): string {
    const id = this.#free(part.id === "" ? prefix : `${prefix}_${part.id}`);
    const isInternal = blockDefinition(part.type)?.isInternal === true;
    if (isInternal) return this.#place({ ...part, id }, from);
    if (this.#nodes.length === MOST_NODES) {
      throw new UnfoldError(
        t("It stands for more than {0} nodes: repeat it less first.", MOST_NODES),
      );
    }
    const node = { ...part, id, from };
    this.#names.add(id);
    this.#nodes.push(node);
    return id;
  }

  #free(wanted: string): string {
    const isTaken = (name: string) => this.#names.has(name) || this.#isTaken(name);
    let name = wanted;
    for (let number = 2; isTaken(name); number++) name = `${wanted}_${number}`;
    return name;
  }

  #copyOf(node: DesignNode, from: readonly string[], copy: number): Copy {
    if (layerDefinition(node.type) !== undefined) {
      const names = from.map((_, index) => `${index}`);
      return { nodes: [{ ...node, id: "", from: names, repeat: 1 }], inputs: names, output: "" };
    }
    const { type, id, repeat } = node;
    const builtIn = blockDefinition(type);
    if (builtIn === undefined) return this.#copyOfOwn(node);
    const { values, issues } = readOptions(builtIn.options, node.options);
    if (values === undefined) throw new UnfoldError(`${id}: ${issues[0]?.message ?? ""}`);
    checkWires(node, builtIn.inputs.minimum, builtIn.inputs.maximum);
    const position = { isFirst: copy === 1, isLast: copy === repeat };
    const fragment = builtIn.expand(this.#shapesOf(id, from), values, position);
    const nodes = Object.entries(fragment.nodes).map(([name, raw]) => fragmentNode(name, raw));
    return {
      nodes: values["trainable"] === false ? nodes.map(freeze) : nodes,
      inputs: inputNames(from.length),
      output: fragment.output,
    };
  }

  #copyOfOwn({ id, type, from, options }: DesignNode): Copy {
    const source = this.#design.blocks.get(type);
    if (source === undefined) throw new UnfoldError(t("{0}: there is no block {1}.", id, type));
    checkWires({ id, from }, source.inputs.length, source.inputs.length);
    const given = resolveParameters(options, undefined, new Map());
    const { parameters, faults } = bindValues(source.parameters, given.options);
    const [fault] = [...given.faults.map(({ message }) => message), ...faults];
    if (fault !== undefined) throw new UnfoldError(`${id}: ${fault}`);
    const nodes = topologicalOrder(source.nodes).order.map(({ repeatExpression, ...part }) => {
      const table = (layerDefinition(part.type) ?? blockDefinition(part.type))?.options;
      const resolved = resolveParameters(part.options, table, parameters);
      const repeated = resolveParameters(
        { repeat: repeatExpression ?? part.repeat },
        { repeat: repeatOption },
        parameters,
      );
      const [wrong] = [...resolved.faults, ...repeated.faults];
      const { values } = readOptions({ repeat: repeatOption }, repeated.options);
      if (wrong !== undefined || values === undefined) {
        throw new UnfoldError(
          t("{0}: {1} in {2}: {3}", id, part.id, type, wrong?.message ?? t("repeat is wrong.")),
        );
      }
      return { ...part, options: resolved.options, repeat: values.repeat };
    });
    const trainable = parameters.get("trainable") ?? given.options["trainable"];
    return {
      nodes: trainable === false ? nodes.map(freeze) : nodes,
      inputs: source.inputs,
      output: source.output,
    };
  }

  #shapesOf(id: string, from: readonly string[]): readonly Shape[] {
    if (from.some((source) => this.#nodes.some((node) => node.id === source))) this.#inferInside();
    return from.map((source) => {
      const shape = this.#shapes.get(source);
      if (shape !== undefined) return shape;
      throw new UnfoldError(
        t(
          "What stands inside of {0} depends on the shape that enters it, which is not known: mend the nodes before it first.",
          id,
        ),
      );
    });
  }

  /** Works out the shapes of what was unfolded so far, without the design around it. */
  #inferInside(): void {
    const inside = new Map(this.#nodes.map((node) => [node.id, node]));
    const sources = this.#nodes.flatMap(({ from }) => from);
    const nodes = new Map<string, DesignNode>();
    for (const id of sources.filter((source) => !inside.has(source))) {
      const shape = this.#shapes.get(id);
      const options = shape === undefined ? {} : { shape };
      nodes.set(id, { id, type: "input", from: [], options, repeat: 1 });
    }
    for (const node of this.#nodes) nodes.set(node.id, node);
    for (const [id, { shape }] of new Expander(this.#design.blocks).expandNodes(nodes).outlets) {
      if (shape !== undefined) this.#shapes.set(id, shape);
    }
  }
}

/** The part of a frozen block as it stands alone: layers without weights have nothing to freeze. */
function freeze(part: DesignNode): DesignNode {
  const layer = layerDefinition(part.type);
  return layer !== undefined && !Object.hasOwn(layer.options, "trainable")
    ? part
    : { ...part, options: { ...part.options, trainable: false } };
}

function checkWires(
  { id, from }: Pick<DesignNode, "id" | "from">,
  minimum: number,
  maximum: number,
): void {
  if (from.length >= minimum && from.length <= maximum) return;
  throw new UnfoldError(
    minimum === maximum
      ? t("{0} has {1} wires and takes {2}: connect it first.", id, from.length, minimum)
      : t(
          "{0} has {1} wires and takes {2} to {3}: connect it first.",
          id,
          from.length,
          minimum,
          maximum,
        ),
  );
}
