import { blockDefinition } from "../../blocks/blocks.ts";
import { layerDefinition } from "../../layers/layers.ts";
import type { JsonValue } from "../../layers/option.ts";
import type { EditCommand, JsonObject, TextEdit } from "../command.ts";
import { findParameters, type FoundParameters } from "../grouping/findParameters.ts";
import { type BlockPlan, type Occurrence, planBlock } from "../grouping/planBlock.ts";
import { toValue, valueOf } from "../jsonTree.ts";
import { nameFault } from "../parseNodes.ts";
import {
  addToSection,
  type DesignText,
  isNameTaken,
  isObject,
  nodeTree,
  Refusal,
  removeKeys,
  renameKey,
  replaceEntry,
  sectionOf,
} from "./designText.ts";
import { freeName } from "./freeName.ts";
import { rewire } from "./wires.ts";
import { t } from "../../text/t.ts";

type CreateBlock = Extract<EditCommand, { readonly type: "createBlock" }>;

/** An occurrence with the name of the node that takes its place. */
interface Instance extends Occurrence {
  readonly name: string;
}

/** Makes a block of the file out of nodes and puts an instance in their place, and in the other equal places if wanted. */
export function createBlock(
  document: DesignText,
  { nodes, name, withOthers }: CreateBlock,
): { readonly edits: readonly TextEdit[]; readonly created: string } {
  const wanted = name.trim();
  checkName(document, wanted);
  const planned = planBlock(document.design, nodes);
  if (planned.type === "refused") throw new Refusal(planned.message);
  const [own, ...others] = planned.plan.occurrences;
  const plan: BlockPlan = {
    nodes: planned.plan.nodes,
    occurrences: [own, ...(withOthers ? others : [])],
  };
  const found = findParameters(document.design, plan);
  const instances = nameInstances(document, wanted, plan.occurrences);
  const outputs = new Map(instances.map((instance) => [instance.output, instance.name]));
  const inside = new Set(instances.flatMap((instance) => [...instance.nodes.values()]));
  const readers = [...document.design.nodes.values()].filter(
    ({ id, from }) => !inside.has(id) && from.some((source) => outputs.has(source)),
  );
  const section = sectionOf(document, "nodes");
  if (section === undefined) throw new Refusal(t("The file has no nodes."));
  const replaced = new Set(instances.map(({ output }) => output));
  const removed = new Set([...inside].filter((id) => !replaced.has(id)));
  return {
    created: instances[0]?.name ?? wanted,
    edits: [
      ...addToSection(document, "blocks", { [wanted]: blockEntry(document, plan, found) }),
      ...instances.flatMap((instance, index) =>
        replaceEntry(document, section, instance.output, {
          [instance.name]: instanceEntry(wanted, instance, outputs, found, index),
        }),
      ),
      ...removeKeys(document, section, removed),
      ...readers.flatMap(({ id }) =>
        rewire(document, id, (source) => outputs.get(source) ?? source),
      ),
      ...placeInstances(document, instances, inside),
    ],
  };
}

function checkName({ root, design }: DesignText, name: string): void {
  const fault = nameFault(name);
  if (fault !== undefined) {
    throw new Refusal(t("{0} cannot be the name of a block: {1}", JSON.stringify(name), fault));
  }
  const isBuiltIn = layerDefinition(name) !== undefined || blockDefinition(name) !== undefined;
  const isInFile = design.blocks.has(name) || valueOf(valueOf(root, "blocks"), name) !== undefined;
  if (isBuiltIn || isInFile) {
    throw new Refusal(
      layerDefinition(name) === undefined
        ? t("There is a block {0} already: choose another name.", name)
        : t("There is a layer {0} already: choose another name.", name),
    );
  }
}

function nameInstances(
  document: DesignText,
  type: string,
  occurrences: readonly Occurrence[],
): readonly Instance[] {
  const taken = new Set<string>();
  return occurrences.map((occurrence) => {
    const isTaken = (each: string) => taken.has(each) || isNameTaken(document, each);
    const name = freeName(type, undefined, isTaken);
    taken.add(name);
    return { ...occurrence, name };
  });
}

function blockEntry(
  document: DesignText,
  { nodes, occurrences }: BlockPlan,
  { parameters, expressions }: FoundParameters,
): JsonObject {
  const [own] = occurrences;
  const names = inputNames(own);
  const inputs = new Map(own.inputs.map((source, index) => [source, names[index] ?? source]));
  const inner = nodes.map(({ id }) => {
    const written = toValue(nodeTree(document, id));
    const node = isObject(written) ? written : {};
    const from = mapNames(node["from"], (source) => inputs.get(source) ?? source);
    const changed = Object.fromEntries(expressions.get(id) ?? []);
    return [id, { ...node, ...(from === undefined ? {} : { from }), ...changed }] as const;
  });
  const defaults = parameters.map(({ name, values }) => [name, values[0] ?? null] as const);
  return {
    ...(defaults.length === 0 ? {} : { parameters: Object.fromEntries(defaults) }),
    inputs: names,
    nodes: Object.fromEntries(inner),
    output: own.output,
  };
}

/** `x`, or `x1`, `x2` ... for several; none of them is the name of a node inside. */
function inputNames({ nodes, inputs }: Occurrence): readonly string[] {
  const taken = new Set(nodes.keys());
  return inputs.map((_, index) => {
    let name = inputs.length === 1 ? "x" : `x${index + 1}`;
    while (taken.has(name)) name = `${name}_in`;
    taken.add(name);
    return name;
  });
}

function mapNames(
  from: JsonValue | undefined,
  nameOf: (name: string) => string,
): JsonValue | undefined {
  if (typeof from === "string") return nameOf(from);
  if (!Array.isArray(from)) return from;
  return from.map((source: JsonValue) => (typeof source === "string" ? nameOf(source) : source));
}

/** An instance says only what differs from the defaults, which are the values of the selection. */
function instanceEntry(
  type: string,
  { inputs }: Instance,
  outputs: ReadonlyMap<string, string>,
  { parameters }: FoundParameters,
  index: number,
): JsonObject {
  const sources = inputs.map((source) => outputs.get(source) ?? source);
  const [only] = sources;
  const given = parameters.flatMap(({ name, values }) => {
    const value = values[index] ?? null;
    return JSON.stringify(value) === JSON.stringify(values[0]) ? [] : [[name, value] as const];
  });
  return {
    type,
    from: sources.length === 1 && only !== undefined ? only : sources,
    ...Object.fromEntries(given),
  };
}

/** An instance stands where the first of its nodes stood that a person had placed. */
function placeInstances(
  document: DesignText,
  instances: readonly Instance[],
  inside: ReadonlySet<string>,
): readonly TextEdit[] {
  const canvas = sectionOf(document, "canvas");
  if (canvas === undefined) return [];
  const kept = new Map(
    instances.flatMap(({ name, nodes }) => {
      const placed = [...nodes.values()].find((id) => valueOf(canvas, id) !== undefined);
      return placed === undefined ? [] : [[placed, name] as const];
    }),
  );
  const isStale = ({ key }: { readonly key: string }) => inside.has(key) && !kept.has(key);
  const stale = new Set(canvas.entries.filter(isStale).map(({ key }) => key));
  return [
    ...[...kept].flatMap(([id, name]) => renameKey(canvas, id, name)),
    ...removeKeys(document, canvas, stale),
  ];
}
