import type { BlockDefinition, RepeatPosition } from "../blocks/block.ts";
import { blockDefinition, blocks as builtInBlocks } from "../blocks/blocks.ts";
import type { BlockSource, DesignNode } from "../design/design.ts";
import { nearestName } from "../design/nearestName.ts";
import { didYouMean, formatNumber } from "../design/words.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import { layerDefinition, layers } from "../layers/layers.ts";
import type { Shape } from "../layers/shape.ts";
import { Composition } from "./composition.ts";
import { fragmentNode } from "./fragmentNode.ts";
import { freezeTemplate } from "./freeze.ts";
import { inputNames } from "./inputNames.ts";
import { bindParameters, readNodeOptions, withRepeat } from "./nodeOptions.ts";
import { placeLayer } from "./placeLayer.ts";
import { type Place, report, type Scope } from "./scope.ts";
import type { Outlet, Template } from "./template.ts";
import { TemplateCache } from "./templateCache.ts";
import { topologicalOrder } from "./topologicalOrder.ts";
import { checkArity, inputsOf, reportCycle } from "./wiring.ts";
import { t } from "../text/t.ts";

/** Most layers that a design may expand to; more is refused before any of it is made. */
export const MOST_LAYERS = 20_000;

/** Most layers handled over all nested expansions, so that the time stays bounded for any text. */
const MOST_WORK = 5 * MOST_LAYERS;

/** How deep blocks of the file may stand inside each other. */
const DEEPEST = 40;

/** Built-in blocks are the same in every design, so an edit finds all but what it changed. */
const builtInTemplates = new TemplateCache();

/** A group of nodes after expansion. */
interface Composed {
  readonly template: Template;
  /** What leaves each node. */
  readonly outlets: ReadonlyMap<string, Outlet>;
  /** Layers of each node, by their places in the template. */
  readonly layersOf: ReadonlyMap<string, readonly [first: number, end: number]>;
}

type MakeTemplate = (inputs: readonly Outlet[], position: RepeatPosition) => Template | undefined;

/** Makes templates of nodes; blocks with the same options and input shapes are worked out once. */
export class Expander {
  readonly #blocks: ReadonlyMap<string, BlockSource>;
  readonly #templates = new TemplateCache();
  #work = 0;
  /** Set when a block inside of a node is too large: the rest of that node is not worked out. */
  #isOverfull = false;

  constructor(blocks: ReadonlyMap<string, BlockSource>) {
    this.#blocks = blocks;
  }

  /** Expands the nodes of a design. */
  expandNodes(nodes: ReadonlyMap<string, DesignNode>): Composed {
    return this.#compose({
      nodes,
      inputs: new Map(),
      output: undefined,
      path: ["nodes"],
      isTop: true,
      parameters: undefined,
      around: [],
    });
  }

  #compose(scope: Scope): Composed {
    const composition = new Composition();
    const outlets = new Map(scope.inputs);
    const layersOf = new Map<string, readonly [number, number]>();
    const { order, cycles } = topologicalOrder(scope.nodes);
    for (const cycle of cycles) reportCycle(cycle, scope, composition);
    const inCycle = new Set(cycles.flat());
    for (const node of order) {
      const first = composition.layers.length;
      if (scope.isTop) this.#isOverfull = false;
      const inputs = inputsOf({ node, scope, composition }, outlets);
      const place = withRepeat({ node, scope, composition, inputs });
      const outlet = place && this.#expandNode(place, inCycle.has(node.id));
      outlets.set(node.id, outlet ?? { source: node.id, shape: undefined });
      layersOf.set(node.id, [first, composition.layers.length]);
    }
    const output = scope.output === undefined ? undefined : outlets.get(scope.output);
    return { template: composition.finish(output), outlets, layersOf };
  }

  #expandNode(place: Place, isInCycle: boolean): Outlet | undefined {
    const { type } = place.node;
    const definition = layerDefinition(type);
    if (definition !== undefined) return this.#expandLayer(place, definition, isInCycle);
    const block = blockDefinition(type);
    if (block !== undefined && (place.scope.path === undefined || block.isInternal !== true)) {
      return this.#expandBuiltIn(place, block);
    }
    const source = this.#blocks.get(type);
    if (source !== undefined) return this.#expandUserBlock(place, source);
    // A node without any type was reported when the text was read.
    if (type !== "") this.#reportUnknownType(place);
    place.composition.children.push(place.node.id);
    return undefined;
  }

  #expandLayer(place: Place, definition: LayerDefinition, isInCycle: boolean): Outlet | undefined {
    const { node, composition, inputs } = place;
    const values = readNodeOptions(place, definition.options);
    const fits = checkArity(place, definition.inputs) && !isInCycle;
    if (values === undefined || !mayRepeat(place) || !this.#reserve(place, node.repeat)) {
      composition.children.push(node.id);
      return undefined;
    }
    const layer = { definition, values, fits };
    if (node.repeat === 1) {
      composition.children.push(node.id);
      return placeLayer(place, node.id, layer, inputs);
    }
    const children = Array.from({ length: node.repeat }, (_, copy) => `${node.id}/${copy + 1}`);
    let current = inputs;
    let outlet: Outlet | undefined;
    for (const id of children) {
      outlet = placeLayer(place, id, layer, current);
      current = [outlet, ...inputs.slice(1)];
    }
    addBlock(place, children, outlet);
    return outlet;
  }

  #expandBuiltIn(place: Place, block: BlockDefinition): Outlet | undefined {
    const values = readNodeOptions(place, block.options);
    if (!checkArity(place, block.inputs) || values === undefined) return brokenBlock(place);
    const key = `${block.type} ${JSON.stringify(values)}`;
    return this.#expandCopies(place, (inputs, position) => {
      const shapes = inputs.map((input) => input.shape);
      if (!shapes.every((shape) => shape !== undefined)) return undefined;
      const { isFirst, isLast } = position;
      const whole = `${key} ${shapes.join(" ")} ${isFirst} ${isLast}`;
      return this.#template(builtInTemplates, whole, () => {
        const { nodes, output } = block.expand(shapes, values, position);
        const { template } = this.#compose({
          nodes: new Map(Object.entries(nodes).map(([id, raw]) => [id, fragmentNode(id, raw)])),
          inputs: inputOutlets(shapes, inputNames(shapes.length)),
          output,
          path: undefined,
          isTop: false,
          parameters: undefined,
          around: [],
        });
        return values["trainable"] === false ? freezeTemplate(template) : template;
      });
    });
  }

  #expandUserBlock(place: Place, source: BlockSource): Outlet | undefined {
    const { node, scope } = place;
    const bound = bindParameters(place, source);
    const count = source.inputs.length;
    const fits = checkArity(place, { minimum: count, maximum: count });
    if (!checkNesting(place) || !fits || bound === undefined) return brokenBlock(place);
    const { parameters, isFrozen } = bound;
    const key = `${node.type} ${JSON.stringify([...parameters])} ${isFrozen}`;
    return this.#expandCopies(place, (inputs) => {
      const shapes = inputs.map((input) => input.shape);
      const shapesKey = shapes.map((shape) => shape?.join() ?? "?").join(" ");
      return this.#template(this.#templates, `${key} ${shapesKey}`, () => {
        const { template } = this.#compose({
          nodes: source.nodes,
          inputs: inputOutlets(shapes, source.inputs),
          output: source.output,
          path: ["blocks", node.type, "nodes"],
          isTop: false,
          parameters,
          around: [...scope.around, node.type],
        });
        return isFrozen ? freezeTemplate(template) : template;
      });
    });
  }

  #template(cache: TemplateCache, key: string, make: () => Template): Template {
    const known = cache.find(key);
    if (known !== undefined) return known;
    const template = make();
    if (!this.#isOverfull) cache.add(key, template);
    return template;
  }

  /** Chains the copies of a block: each reads the one before it. */
  #expandCopies(place: Place, make: MakeTemplate): Outlet | undefined {
    const { node, composition, inputs } = place;
    if (!this.#reserve(place, node.repeat)) return brokenBlock(place);
    const children: string[] = [];
    const lifted = new Set<Template>();
    let current = inputs;
    let outlet: Outlet | undefined;
    for (let copy = 1; copy <= node.repeat; copy++) {
      const template = make(current, { isFirst: copy === 1, isLast: copy === node.repeat });
      outlet = undefined;
      if (template === undefined) break;
      const prefix = node.repeat === 1 ? node.id : `${node.id}/${copy}`;
      if (!lifted.has(template)) liftProblems(place, template, prefix);
      lifted.add(template);
      const more = (node.repeat - copy + 1) * template.layers.length;
      if (this.#isOverfull || !this.#reserve(place, more)) break;
      this.#work += template.layers.length;
      for (const child of template.children) children.push(`${prefix}/${child}`);
      outlet = composition.place(template, prefix, node.id, current);
      if (outlet === undefined) break;
      current = [outlet, ...inputs.slice(1)];
    }
    addBlock(place, children, outlet);
    return outlet;
  }

  /** False, with a problem at the node, where so many more layers would be too many. */
  #reserve(place: Place, count: number): boolean {
    const { node, composition } = place;
    this.#work++;
    if (this.#isOverfull) return false;
    if (composition.layers.length + count <= MOST_LAYERS && this.#work + count <= MOST_WORK) {
      return true;
    }
    this.#isOverfull = true;
    // One report for a design, however many nodes stand behind the one that is too much.
    if (!composition.problems.some((problem) => problem.code === "tooLarge")) {
      report(place, {
        code: "tooLarge",
        message: t(
          "with it the network would have more than {0} layers; repeat less.",
          formatNumber(MOST_LAYERS),
        ),
        option: node.repeat > 1 ? "repeat" : undefined,
      });
    }
    return false;
  }

  #reportUnknownType(place: Place): void {
    const { type } = place.node;
    const shown = Object.values<BlockDefinition>(builtInBlocks).filter(
      (block) => !block.isInternal,
    );
    const names = [
      ...Object.keys(layers),
      ...shown.map((block) => block.type),
      ...this.#blocks.keys(),
    ];
    report(place, {
      code: "unknownType",
      message: `${t("there is no layer or block of type {0}.", JSON.stringify(type))}${didYouMean(nearestName(type, names))}`,
      option: "type",
    });
  }
}

/** False, with a problem, where something without an input is to stand in a row. */
function mayRepeat(place: Place): boolean {
  const { node } = place;
  if (node.repeat === 1 || node.type !== "input") return true;
  report(place, {
    code: "invalidOption",
    message: t("an input cannot repeat, for the next copy would have nothing to read."),
    option: "repeat",
  });
  return false;
}

/** False, with a problem, where a block of the file stands inside itself or too deep. */
function checkNesting(place: Place): boolean {
  const { node, scope } = place;
  const { around } = scope;
  if (around.includes(node.type)) {
    const ring = [...around.slice(around.indexOf(node.type)), node.type];
    report(place, {
      code: "cycle",
      message: t(
        "the block {0} contains itself: {1}.",
        JSON.stringify(node.type),
        ring.join(" → "),
      ),
      option: "type",
    });
    return false;
  }
  if (around.length < DEEPEST) return true;
  report(place, {
    code: "tooLarge",
    message: t("blocks stand more than {0} deep inside each other here.", DEEPEST),
  });
  return false;
}

function addBlock(
  { node, composition }: Place,
  children: readonly string[],
  outlet: Outlet | undefined,
): void {
  composition.children.push(node.id);
  composition.blocks.push({
    id: node.id,
    type: node.type,
    parent: undefined,
    repeat: node.repeat,
    children,
    output: outlet?.source,
  });
}

/** A block that stays closed, because its inside cannot be known. */
function brokenBlock(place: Place): undefined {
  addBlock(place, [], undefined);
  return undefined;
}

/** Problems inside a block belong to its node, and stand at it unless the file defines the block. */
function liftProblems(
  { node, scope, composition }: Place,
  template: Template,
  prefix: string,
): void {
  for (const problem of template.problems) {
    const isBuiltIn = problem.path === undefined;
    composition.problems.push({
      ...problem,
      subject: `${node.id}/${problem.subject}`,
      part: `${prefix}/${problem.part}`,
      path: isBuiltIn ? scope.path && [...scope.path, node.id] : problem.path,
      option: isBuiltIn ? undefined : problem.option,
    });
  }
}

function inputOutlets(
  shapes: readonly (Shape | undefined)[],
  names: readonly string[],
): Map<string, Outlet> {
  return new Map(names.map((name, index) => [name, { source: -1 - index, shape: shapes[index] }]));
}
