import { isMisfit } from "../../src/core/layers/layer.ts";
import {
  layerDefinition,
  layers as definitions,
  type LayerType,
} from "../../src/core/layers/layers.ts";
import type { JsonValue, Option } from "../../src/core/layers/option.ts";
import type { Shape } from "../../src/core/layers/shape.ts";
import { randomOptions } from "./randomOptions.ts";
import { Random } from "./random.ts";

/** A node as an oracle reads it: every option written out. */
export interface RandomNode {
  readonly id: string;
  readonly type: LayerType;
  readonly inputs: readonly string[];
  readonly options: Readonly<Record<string, JsonValue>>;
}

/** Layers in topological order, most of them right. */
export interface RandomDesign {
  readonly name: string;
  readonly layers: readonly RandomNode[];
}

const types = Object.keys(randomOptions) as readonly LayerType[];
const longest = 14;
/** More values than that in one map would only cost the oracle time. */
const largest = 30_000;

/** Makes the same chains and branches over all types of layers for the same seed; some layers are wrong on purpose. */
export function randomDesign(seed: number): RandomDesign {
  const random = new Random(seed);
  const layers: RandomNode[] = [];
  const shapes = new Map<string, Shape>();
  const length = random.integer(4, longest);
  while (layers.length < length) {
    const layer = randomLayer(random, layers, shapes);
    const shape = shapeOf(layer, shapes);
    if (shape !== undefined && product(shape) > largest) continue;
    layers.push(layer);
    if (shape !== undefined) shapes.set(layer.id, shape);
  }
  return { name: `random ${seed}`, layers };
}

/** The design as a file: pairs and paddings as people write them, options at their default often left out. */
export function designText({ name, layers }: RandomDesign, seed: number): string {
  const random = new Random(seed);
  const nodes = layers.map(({ id, type, inputs, options }): readonly [string, JsonValue] => {
    const [from] = inputs;
    const wires = inputs.length === 1 ? from : inputs;
    const written = Object.entries(options)
      .filter(([option, value]) => !(isDefault(type, option, value) && random.chance(0.5)))
      .map(([option, value]) => [
        option,
        asWritten(layerDefinition(type)?.options[option]?.kind, value),
      ]);
    return [
      id,
      { type, ...(inputs.length > 0 && { from: wires }), ...Object.fromEntries(written) },
    ];
  });
  return JSON.stringify({ version: 1, name, nodes: Object.fromEntries(nodes) }, undefined, 2);
}

function randomLayer(
  random: Random,
  layers: readonly RandomNode[],
  shapes: ReadonlyMap<string, Shape>,
): RandomNode {
  const source = layers.length === 0 ? undefined : randomSource(random, layers, shapes);
  const type = source === undefined ? "input" : randomType(random, shapes.get(source));
  const inputs = type === "input" || source === undefined ? [] : [source];
  const shape = (source === undefined ? undefined : shapes.get(source)) ?? [];
  if (layerDefinition(type)?.inputs.maximum === Infinity) {
    inputs.push(...partners(random, shape, shapes, type));
  }
  const options = { ...defaultsOf(type), ...randomOptions[type](random, shape) };
  return { id: `${type}${layers.length}`, type, inputs, options: spoiled(random, options) };
}

const defaultsOf = (type: LayerType): Readonly<Record<string, JsonValue>> =>
  Object.fromEntries(
    Object.entries<Option>(definitions[type].options).flatMap(([name, option]) =>
      option.default === undefined ? [] : [[name, option.default as JsonValue]],
    ),
  );

/** Mostly the last layer, so that chains grow; now and then a broken one. */
function randomSource(
  random: Random,
  layers: readonly RandomNode[],
  shapes: ReadonlyMap<string, Shape>,
): string {
  const whole = [...shapes.keys()];
  if (whole.length === 0 || random.chance(0.03)) return random.pick(layers).id;
  return random.chance(0.6) ? (whole.at(-1) ?? "") : random.pick(whole);
}

/** A layer that can stand on this shape, and now and then any. */
function randomType(random: Random, shape: Shape | undefined): LayerType {
  if (shape?.length !== 1 || random.chance(0.05)) return random.pick(types);
  const fitting = types.filter((type) => {
    const made = inferred(type, [shape, shape], {
      ...defaultsOf(type),
      ...randomOptions[type](new Random(1), shape),
    });
    return made !== undefined;
  });
  return random.pick(fitting);
}

/** Further inputs of a join, most of them of the same shape or at least the same size. */
function partners(
  random: Random,
  shape: Shape,
  shapes: ReadonlyMap<string, Shape>,
  type: LayerType,
): readonly string[] {
  const others = [...shapes].filter(
    ([, other]) =>
      random.chance(0.1) ||
      String(other) === String(shape) ||
      (type === "concatenate" && String(other.slice(0, -1)) === String(shape.slice(0, -1))),
  );
  return others.length === 0
    ? []
    : Array.from({ length: random.integer(1, 3) }, () => random.pick(others)[0]);
}

/** Options as they are, and now and then with a number that cannot be. */
function spoiled(
  random: Random,
  options: Readonly<Record<string, JsonValue>>,
): Readonly<Record<string, JsonValue>> {
  const wrong = Object.keys(options).filter((option) => impossible[option] !== undefined);
  if (wrong.length === 0 || !random.chance(0.03)) return options;
  const option = random.pick(wrong);
  return { ...options, [option]: random.pick(impossible[option] ?? []) };
}

const impossible: Readonly<Record<string, readonly JsonValue[]>> = {
  filters: [0, -1],
  units: [0, -3],
  kernelSize: [
    [0, 3],
    [3, -1],
  ],
  strides: [
    [0, 1],
    [1, -1],
  ],
  poolSize: [
    [0, 2],
    [2, -2],
  ],
  // To Keras' group normalization, -1 means as many groups as channels.
  groups: [0],
  rate: [-0.5, 1.5],
};

function shapeOf(layer: RandomNode, shapes: ReadonlyMap<string, Shape>): Shape | undefined {
  const inputs = layer.inputs.map((input) => shapes.get(input));
  const known = inputs.filter((input) => input !== undefined);
  return known.length === inputs.length ? inferred(layer.type, known, layer.options) : undefined;
}

/** What the core itself makes of it: this only steers what is built next, the oracle decides what is right. */
function inferred(
  type: LayerType,
  inputs: readonly Shape[],
  options: Readonly<Record<string, JsonValue>>,
): Shape | undefined {
  const definition = layerDefinition(type);
  if (definition === undefined || inputs.length < definition.inputs.minimum) return undefined;
  const made = definition.infer(inputs.slice(0, definition.inputs.maximum), options as never);
  if (isMisfit(made)) return undefined;
  return made.outputShape.every((extent) => extent > 0) ? made.outputShape : undefined;
}

const product = (shape: Shape): number => shape.reduce((one, other) => one * other, 1);

function isDefault(type: LayerType, option: string, value: JsonValue): boolean {
  const known = layerDefinition(type)?.options[option];
  return known !== undefined && "default" in known
    ? JSON.stringify(known.default) === JSON.stringify(value)
    : false;
}

/** `[3, 3]` as 3 and the four sides of a padding as a list. */
function asWritten(kind: Option["kind"] | undefined, value: JsonValue): JsonValue {
  if (kind?.toLowerCase().endsWith("pair") === true && Array.isArray(value)) {
    const [height, width] = value as readonly number[];
    return height === width ? (height ?? value) : value;
  }
  if (kind !== "padding" || typeof value !== "object") return value;
  const { top, bottom, left, right } = value as Readonly<Record<string, number>>;
  return [top, bottom, left, right] as readonly number[];
}
