import { type BlockDefinition, type FragmentNode, type RepeatPosition } from "../blocks/block.ts";
import { blockDefinition, blocks as builtInBlocks } from "../blocks/blocks.ts";
import { type Parameters, resolveParameters } from "../blocks/parameters.ts";
import type { BlockSource, DesignNode } from "../design/design.ts";
import { nearestName } from "../design/nearestName.ts";
import type { Fix, ProblemCode, Severity } from "../design/problem.ts";
import { readOptions } from "../design/readOptions.ts";
import { didYouMean, formatNumber, joinWords } from "../design/words.ts";
import { isMisfit, type Inference, type LayerDefinition } from "../layers/layer.ts";
import {
  layerDefinition,
  layers as layerTable,
  type LayerType,
  type LayerOptions,
} from "../layers/layers.ts";
import type { JsonValue, OptionTable, OptionValues } from "../layers/option.ts";
import type { Shape } from "../layers/shape.ts";
import { Composition } from "./composition.ts";
import { misfitFix } from "./misfitFix.ts";
import type { Outlet, Template } from "./template.ts";
import { topologicalOrder } from "./topologicalOrder.ts";

/** Most layers that a design may expand to; more is refused before any of it is made. */
export const MOST_LAYERS = 20_000;

/** How deep blocks may stand inside each other. */
const DEEPEST = 40;

/** Most layers handled over all nested expansions, so that the time stays bounded for any text. */
const MOST_WORK = 20 * MOST_LAYERS;

/** A group of nodes with what they can see. */
interface Scope {
  readonly nodes: ReadonlyMap<string, DesignNode>;
  readonly inputs: ReadonlyMap<string, Outlet>;
  readonly output: string | undefined;
  /** Where the nodes stand in the file; absent for those of built-in blocks. */
  readonly path: readonly (string | number)[] | undefined;
  readonly isTop: boolean;
  /** Values of the user-defined block that the nodes belong to. */
  readonly parameters: Parameters | undefined;
  /** Names of the blocks around, outermost first. */
  readonly around: readonly string[];
}

interface Place {
  readonly node: DesignNode;
  readonly scope: Scope;
  readonly composition: Composition;
  readonly inputs: readonly Outlet[];
}

interface Report {
  readonly severity?: Severity;
  readonly code: ProblemCode;
  readonly message: string;
  readonly option?: string | undefined;
  readonly fix?: Fix | undefined;
  readonly detail?: JsonValue | undefined;
}

/** Makes templates of nodes; blocks with the same options and input shapes are worked out once. */
export class Expander {
  readonly #blocks: ReadonlyMap<string, BlockSource>;
  readonly #templates = new Map<string, Template>();
  #work = 0;

  constructor(blocks: ReadonlyMap<string, BlockSource>) {
    this.#blocks = blocks;
  }

  /** Expands the nodes of a design. */
  expandNodes(nodes: ReadonlyMap<string, DesignNode>): {
    readonly template: Template;
    readonly outlets: ReadonlyMap<string, Outlet>;
    readonly nodeOf: ReadonlyMap<string, readonly [first: number, end: number]>;
  } {
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

  #compose(scope: Scope) {
    const composition = new Composition();
    const outlets = new Map(scope.inputs);
    const nodeOf = new Map<string, readonly [number, number]>();
    const { order, cycles } = topologicalOrder(scope.nodes);
    for (const cycle of cycles) reportCycle(cycle, scope, composition);
    const isCut = new Set(cycles.flat());
    for (const node of order) {
      const first = composition.layers.length;
      const inputs = this.#inputsOf(node, scope, composition, outlets);
      const outlet = this.#expandNode({ node, scope, composition, inputs }, isCut.has(node.id));
      outlets.set(node.id, outlet ?? { source: node.id, shape: undefined });
      nodeOf.set(node.id, [first, composition.layers.length]);
    }
    const output = scope.output === undefined ? undefined : outlets.get(scope.output);
    return { template: composition.finish(output), outlets, nodeOf };
  }

  #inputsOf(
    node: DesignNode,
    scope: Scope,
    composition: Composition,
    outlets: ReadonlyMap<string, Outlet>,
  ): readonly Outlet[] {
    return node.from.map((source, index) => {
      const outlet = outlets.get(source);
      if (outlet !== undefined) return outlet;
      if (scope.isTop && !scope.nodes.has(source)) {
        const nearest = nearestName(source, scope.nodes.keys());
        report(node, scope, composition, {
          code: "unknownInput",
          message: `there is no node ${JSON.stringify(source)} to read from.${didYouMean(nearest)}`,
          option: "from",
          fix:
            nearest === undefined || nearest === node.id
              ? undefined
              : {
                  title: `Read from ${nearest}`,
                  command: { type: "connect", from: nearest, to: { node: node.id, index } },
                },
        });
      }
      return { source, shape: undefined };
    });
  }

  #expandNode(place: Place, isInCycle: boolean): Outlet | undefined {
    const { node, scope, composition } = place;
    const definition = layerDefinition(node.type);
    if (definition !== undefined) return this.#layers(place, definition, isInCycle);
    const block = blockDefinition(node.type);
    if (block !== undefined && (scope.path === undefined || block.isInternal !== true)) {
      return this.#builtInBlock(place, block);
    }
    const source = this.#blocks.get(node.type);
    if (source !== undefined) return this.#userBlock(place, source);
    // A node without any type was reported when the text was read.
    if (node.type !== "") {
      const shown = Object.values<BlockDefinition>(builtInBlocks).filter(
        (known) => known.isInternal !== true,
      );
      const names = [
        ...Object.keys(layerTable),
        ...shown.map((known) => known.type),
        ...this.#blocks.keys(),
      ];
      report(node, scope, composition, {
        code: "unknownType",
        message: `there is no layer or block of type ${JSON.stringify(node.type)}.${didYouMean(nearestName(node.type, names))}`,
        option: "type",
      });
    }
    if (scope.isTop) composition.children.push(node.id);
    return undefined;
  }

  #layers(place: Place, definition: LayerDefinition, isInCycle: boolean): Outlet | undefined {
    const { node, composition, inputs } = place;
    const values = readNodeOptions(place, definition.options);
    const fits = checkInputs(place, definition.inputs, isInCycle);
    if (values === undefined) return undefined;
    if (node.repeat === 1) {
      if (!this.#reserve(place, 1)) return undefined;
      composition.children.push(node.id);
      return addLayer(place, node.id, definition, values, inputs, fits);
    }
    if (!this.#reserve(place, node.repeat)) return undefined;
    const children: string[] = [];
    let current = inputs;
    let outlet: Outlet | undefined;
    for (let copy = 1; copy <= node.repeat; copy++) {
      const id = `${node.id}/${copy}`;
      children.push(id);
      outlet = addLayer(place, id, definition, values, current, fits);
      current = [outlet, ...inputs.slice(1)];
    }
    addBlock(place, children, outlet);
    return outlet;
  }

  #builtInBlock(place: Place, block: BlockDefinition): Outlet | undefined {
    const values = readNodeOptions(place, block.options);
    const fits = checkInputs(place, block.inputs, false);
    if (values === undefined || !fits) {
      addBlock(place, [], undefined);
      return undefined;
    }
    const key = `${place.node.type} ${JSON.stringify(values)}`;
    return this.#copies(place, (inputs, position) => {
      const shapes = inputs.map((input) => input.shape);
      if (!shapes.every((shape) => shape !== undefined)) return undefined;
      return this.#template(
        `${key} ${shapes.join(" ")} ${position.isFirst} ${position.isLast}`,
        () => {
          const fragment = block.expand(shapes, values, position);
          return this.#compose({
            nodes: new Map(
              Object.entries(fragment.nodes).map(([id, raw]) => [id, fragmentNode(id, raw)]),
            ),
            inputs: inputOutlets(shapes, inputNames(shapes.length)),
            output: fragment.output,
            path: undefined,
            isTop: false,
            parameters: undefined,
            around: place.scope.around,
          }).template;
        },
      );
    });
  }

  #userBlock(place: Place, source: BlockSource): Outlet | undefined {
    const { node, scope, composition } = place;
    const parameters = bindParameters(place, source);
    const count = source.inputs.length;
    const fits = checkInputs(place, { minimum: count, maximum: count }, false);
    if (scope.around.includes(node.type)) {
      const ring = [...scope.around.slice(scope.around.indexOf(node.type)), node.type];
      report(node, scope, composition, {
        code: "cycle",
        message: `the block ${JSON.stringify(node.type)} contains itself: ${ring.join(" → ")}.`,
        option: "type",
      });
    } else if (scope.around.length >= DEEPEST) {
      report(node, scope, composition, {
        code: "tooLarge",
        message: `blocks stand more than ${DEEPEST} deep inside each other here.`,
      });
    } else if (parameters !== undefined && fits) {
      const key = `${node.type} ${JSON.stringify([...parameters])}`;
      return this.#copies(place, (inputs) => {
        const shapes = inputs.map((input) => input.shape);
        return this.#template(
          `user ${key} ${shapes.map((shape) => shape?.join() ?? "?").join(" ")}`,
          () =>
            this.#compose({
              nodes: source.nodes,
              inputs: inputOutlets(shapes, source.inputs),
              output: source.output,
              path: ["blocks", node.type, "nodes"],
              isTop: false,
              parameters,
              around: [...scope.around, node.type],
            }).template,
        );
      });
    }
    addBlock(place, [], undefined);
    return undefined;
  }

  #template(key: string, make: () => Template): Template {
    const known = this.#templates.get(key);
    if (known !== undefined) return known;
    const template = make();
    this.#templates.set(key, template);
    return template;
  }

  /** Chains the copies of a block: each reads the one before it. */
  #copies(
    place: Place,
    make: (inputs: readonly Outlet[], position: RepeatPosition) => Template | undefined,
  ): Outlet | undefined {
    const { node, composition } = place;
    const children: string[] = [];
    const lifted = new Set<Template>();
    let current = place.inputs;
    let outlet: Outlet | undefined;
    if (!this.#reserve(place, node.repeat)) {
      addBlock(place, [], undefined);
      return undefined;
    }
    for (let copy = 1; copy <= node.repeat; copy++) {
      const template = make(current, { isFirst: copy === 1, isLast: copy === node.repeat });
      outlet = undefined;
      if (template === undefined) break;
      if (!lifted.has(template)) {
        lifted.add(template);
        liftProblems(place, template);
      }
      if (!this.#reserve(place, (node.repeat - copy + 1) * template.layers.length)) break;
      const prefix = node.repeat === 1 ? node.id : `${node.id}/${copy}`;
      for (const child of template.children) children.push(`${prefix}/${child}`);
      outlet = composition.place(template, prefix, node.id, current);
      if (outlet === undefined) break;
      current = [outlet, ...place.inputs.slice(1)];
      this.#work += template.layers.length;
    }
    addBlock(place, children, outlet);
    return outlet;
  }

  /** False, with a problem at the node, where so many more layers would be too many. */
  #reserve({ node, scope, composition }: Place, count: number): boolean {
    this.#work++;
    if (composition.layers.length + count <= MOST_LAYERS && this.#work + count <= MOST_WORK) {
      return true;
    }
    // One report a scope, however many nodes stand behind the one that is too much.
    if (!composition.problems.some((problem) => problem.code === "tooLarge")) {
      report(node, scope, composition, {
        code: "tooLarge",
        message: `with it the network would have more than ${formatNumber(MOST_LAYERS)} layers; repeat less.`,
        option: node.repeat > 1 ? "repeat" : undefined,
      });
    }
    return false;
  }
}

function report(node: DesignNode, scope: Scope, composition: Composition, what: Report): void {
  const { severity = "error", code, message, option, detail } = what;
  const path = scope.path && [...scope.path, node.id];
  composition.problems.push({
    severity,
    code,
    subject: node.id,
    message,
    path: path && option !== undefined ? [...path, option] : path,
    option,
    // A fix is a command on a node of the design; nodes inside blocks have no command.
    fix: scope.isTop ? what.fix : undefined,
    detail,
  });
}

function reportCycle(cycle: readonly string[], scope: Scope, composition: Composition): void {
  const [first] = cycle;
  const last = cycle.at(-1);
  const node = first === undefined ? undefined : scope.nodes.get(first);
  if (node === undefined || first === undefined || last === undefined) return;
  report(node, scope, composition, {
    code: "cycle",
    message: `it reads from itself: ${[...cycle, first].join(" → ")}. Remove one of these wires.`,
    option: "from",
    fix: {
      title: `Remove the Wire from ${last} to ${first}`,
      command: {
        type: "disconnect",
        from: last,
        to: { node: first, index: node.from.indexOf(last) },
      },
    },
    detail: cycle,
  });
}

/** True where the number of wires fits; says so where it does not. */
function checkInputs(
  { node, scope, composition }: Place,
  { minimum, maximum }: LayerDefinition["inputs"],
  isInCycle: boolean,
): boolean {
  const count = node.from.length;
  if (count < minimum) {
    report(node, scope, composition, {
      code: "missingInput",
      message:
        minimum === 1
          ? `it has no input: connect a node to it.`
          : `it needs at least ${minimum} inputs and has ${count}: connect more nodes to it.`,
      option: count === 0 ? undefined : "from",
    });
    return false;
  }
  if (count > maximum) {
    const [kept] = node.from;
    const extra = node.from[maximum];
    const takes = maximum === 0 ? "no input" : maximum === 1 ? "one input" : `${maximum} inputs`;
    report(node, scope, composition, {
      code: "tooManyInputs",
      message: `${node.type} takes ${takes}, but ${joinWords(node.from, "and")} are wired to it.${maximum === 1 ? " Join them first, for example with add or concatenate." : ""}`,
      option: "from",
      fix:
        kept === undefined || extra === undefined
          ? undefined
          : {
              title: `Remove the Wire from ${extra}`,
              command: { type: "disconnect", from: extra, to: { node: node.id, index: maximum } },
            },
    });
    return false;
  }
  return !isInCycle;
}

function readNodeOptions(place: Place, table: OptionTable): OptionValues | undefined {
  const { node, scope, composition } = place;
  const { parameters } = scope;
  let { options } = node;
  if (parameters !== undefined) {
    const resolved = resolveParameters(options, table, parameters);
    for (const { option, message } of resolved.faults) {
      report(node, scope, composition, { code: "invalidOption", message, option });
    }
    if (resolved.faults.length > 0) return undefined;
    ({ options } = resolved);
  }
  const { values, issues } = readOptions(table, options);
  for (const { code, message, option } of issues) {
    const severity = code === "unknownOption" ? "warning" : "error";
    const path = code === "missingOption" ? undefined : option;
    report(node, scope, composition, { severity, code, message, option: path });
  }
  return values;
}

/** Parameters of an instance of a user-defined block: its own options over the defaults. */
function bindParameters(place: Place, source: BlockSource): Parameters | undefined {
  const { node, scope, composition } = place;
  const parameters = new Map<string, JsonValue>();
  const own = resolveParameters(node.options, undefined, scope.parameters ?? new Map());
  let isWhole = own.faults.length === 0;
  for (const { option, message } of own.faults) {
    report(node, scope, composition, { code: "invalidOption", message, option });
  }
  for (const name of Object.keys(node.options)) {
    if (Object.hasOwn(source.parameters, name)) continue;
    const names = Object.keys(source.parameters);
    const known = names.length === 0 ? " It has none." : ` It has ${joinWords(names, "and")}.`;
    report(node, scope, composition, {
      severity: "warning",
      code: "unknownOption",
      message: `${JSON.stringify(name)} is not a parameter of the block ${JSON.stringify(node.type)}.${didYouMean(nearestName(name, names)) || known}`,
      option: name,
    });
  }
  for (const [name, fallback] of Object.entries(source.parameters)) {
    const value = Object.hasOwn(own.options, name) ? own.options[name] : undefined;
    if (value !== undefined) {
      parameters.set(name, value);
      continue;
    }
    const { options, faults } = resolveParameters({ [name]: fallback }, undefined, parameters);
    for (const { message } of faults) {
      isWhole = false;
      report(node, scope, composition, { code: "invalidOption", message });
    }
    parameters.set(name, options[name] ?? fallback);
  }
  return isWhole ? parameters : undefined;
}

function addLayer(
  place: Place,
  id: string,
  definition: LayerDefinition,
  values: OptionValues,
  inputs: readonly Outlet[],
  fits: boolean,
): Outlet {
  const inputShapes = inputs.map((input) => input.shape);
  return place.composition.addLayer({
    id,
    // The tables are keyed by these types, and the options were read by the table of the same entry.
    type: definition.type as LayerType,
    options: values as LayerOptions<LayerType>,
    inputs: inputs.map((input) => input.source),
    inputShapes,
    inference: fits ? inferLayer(place, definition, values, inputShapes) : undefined,
  });
}

function inferLayer(
  { node, scope, composition }: Place,
  definition: LayerDefinition,
  values: OptionValues,
  inputShapes: readonly (Shape | undefined)[],
): Inference | undefined {
  if (!inputShapes.every((shape) => shape !== undefined)) return undefined;
  const result = definition.infer(inputShapes, values);
  if (!isMisfit(result)) return result;
  report(node, scope, composition, {
    code: "shapeMismatch",
    message: `${result.misfit}.`,
    option: result.option,
    fix: scope.isTop ? misfitFix(node, definition, inputShapes) : undefined,
    detail: { inputShapes },
  });
  return undefined;
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

/** Problems inside a block belong to its node, and stand at it unless the file defines the block. */
function liftProblems({ node, scope, composition }: Place, template: Template): void {
  for (const problem of template.problems) {
    composition.problems.push({
      ...problem,
      subject: `${node.id}/${problem.subject}`,
      path: problem.path ?? (scope.path && [...scope.path, node.id]),
      option: problem.path === undefined ? undefined : problem.option,
    });
  }
}

function inputNames(count: number): readonly string[] {
  return count === 1 ? ["input"] : Array.from({ length: count }, (_, index) => `input${index + 1}`);
}

function inputOutlets(
  shapes: readonly (Shape | undefined)[],
  names: readonly string[],
): Map<string, Outlet> {
  return new Map(names.map((name, index) => [name, { source: -1 - index, shape: shapes[index] }]));
}

function fragmentNode(id: string, { type, from, repeat, ...options }: FragmentNode): DesignNode {
  return {
    id,
    type,
    from: typeof from === "string" ? [from] : from,
    options,
    repeat: typeof repeat === "number" ? repeat : 1,
  };
}
