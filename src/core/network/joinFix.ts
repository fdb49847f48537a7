import type { EditCommand } from "../design/command.ts";
import type { Fix } from "../design/problem.ts";
import { isMisfit, type LayerDefinition } from "../layers/layer.ts";
import { layerDefinition } from "../layers/layers.ts";
import type { JsonValue } from "../layers/option.ts";
import { formatShape, isFeatureMap, type Shape } from "../layers/shape.ts";
import type { Place } from "./scope.ts";
import type { TemplateLayer } from "./template.ts";
import { t } from "../text/t.ts";

type Map2d = readonly [height: number, width: number, channels: number];
type Size = readonly [height: number, width: number];

/** One change, with its button text where it is the only one and where there are several of its kind. */
interface Step {
  readonly title: string;
  readonly plural: string;
  readonly command: EditCommand;
}

/** A wire that ends at the join, with the layer that feeds it where its options can be changed. */
interface Wire {
  readonly index: number;
  readonly shape: Map2d;
  readonly source: TemplateLayer | undefined;
}

/** The changes that make the shapes at a join agree, as one undo step, where they are known. */
export function joinFix(
  place: Place,
  { type }: LayerDefinition,
  shapes: readonly Shape[],
): Fix | undefined {
  const isMerge = type !== "concatenate";
  const steps = shapes.every(isFeatureMap)
    ? agreeOnMaps(wiresInto(place, shapes), place.node.id, isMerge)
    : agreeOnVectors(shapes, place.node.id, isMerge);
  return steps && toFix(steps);
}

function toFix(steps: readonly Step[]): Fix | undefined {
  const [first, ...more] = steps;
  if (first === undefined) return undefined;
  if (more.length === 0) return { title: first.title, command: first.command };
  const isOneKind = more.every(({ plural }) => plural === first.plural);
  return {
    title: isOneKind ? first.plural : t("Make the Shapes Agree"),
    command: { type: "sequence", commands: steps.map(({ command }) => command) },
  };
}

function insert(
  title: readonly [one: string, several: string],
  nodeType: string,
  onto: { readonly node: string; readonly index: number },
  options: Readonly<Record<string, JsonValue>> = {},
): Step {
  const isPlain = Object.keys(options).length === 0;
  return {
    title: title[0],
    plural: title[1],
    command: { type: "addNode", nodeType, ...(isPlain ? {} : { options }), onto },
  };
}

/** The value that most have; of those that tie the one that comes first by `rank`. */
function mostOf<T>(
  values: readonly T[],
  keyOf: (value: T) => string,
  rank: (value: T) => number,
): T | undefined {
  const votes = (value: T) => values.filter((other) => keyOf(other) === keyOf(value)).length;
  return values.toSorted((a, b) => votes(b) - votes(a) || rank(a) - rank(b))[0];
}

function agreeOnVectors(
  shapes: readonly Shape[],
  node: string,
  isMerge: boolean,
): readonly Step[] | undefined {
  const vectors = shapes.filter((shape) => shape.length === 1);
  const [length] = mostOf(vectors, String, (shape) => -(shape[0] ?? 0)) ?? [];
  if (length === undefined) return undefined;
  const steps = shapes.flatMap((shape, index): readonly (Step | undefined)[] => {
    const onto = { node, index };
    const isRight = !isMerge || shape.at(-1) === length;
    const widen = isRight
      ? []
      : [
          insert([t("Insert a Dense Layer"), t("Insert Dense Layers")], "dense", onto, {
            units: length,
          }),
        ];
    if (shape.length === 1) return widen;
    if (!isFeatureMap(shape)) return [undefined];
    const title = [
      t("Insert a Global Average Pooling"),
      t("Insert Global Average Poolings"),
    ] as const;
    return [insert(title, "globalAveragePooling2d", onto), ...widen];
  });
  return steps.every((step) => step !== undefined) ? steps : undefined;
}

/** Layers at the top of a design stand under the name of their node. */
function wiresInto(
  { node, composition, inputs }: Place,
  shapes: readonly Map2d[],
): readonly Wire[] {
  return shapes.map((shape, index) => {
    const source = inputs[index]?.source;
    const layer = typeof source === "number" ? composition.layers[source] : undefined;
    return { index, shape, source: layer?.id === node.from[index] ? layer : undefined };
  });
}

const sizeOf = ([height, width]: Map2d): Size => [height, width];
const area = ([height, width]: Map2d): number => height * width;

function agreeOnMaps(
  wires: readonly Wire[],
  node: string,
  isMerge: boolean,
): readonly Step[] | undefined {
  const shapes = wires.map(({ shape }) => shape);
  const isEvenly = new Set(shapes.map((shape) => sizeOf(shape).join())).size === shapes.length;
  const most = mostOf(shapes, (shape) => sizeOf(shape).join(), area);
  const largest = mostOf(
    shapes,
    () => "",
    (shape) => -area(shape),
  );
  if (most === undefined || largest === undefined) return undefined;
  // Where no size has more votes, a border that was lost is given back before anything is made smaller.
  const padded = isEvenly
    ? agreeOn(wires, sizeOf(largest), { node, isMerge, onlyPadding: true })
    : undefined;
  return padded ?? agreeOn(wires, sizeOf(most), { node, isMerge, onlyPadding: false });
}

interface Wanted {
  readonly node: string;
  readonly isMerge: boolean;
  /** Sizes may only be made to agree by padding what feeds a wire. */
  readonly onlyPadding: boolean;
}

function agreeOn(
  wires: readonly Wire[],
  size: Size,
  { node, isMerge, onlyPadding }: Wanted,
): readonly Step[] | undefined {
  const atSize = wires.filter(({ shape }) => sizeOf(shape).join() === size.join());
  const voters = (atSize.length === 0 ? wires : atSize).map(({ shape }) => shape[2]);
  const channels = isMerge ? mostOf(voters, String, (count) => -count) : undefined;
  const steps: Step[] = [];
  for (const wire of wires) {
    const found =
      changeOption(wire, size, onlyPadding) ??
      (onlyPadding ? undefined : resize(wire, size, node, channels));
    const isThere = sizeOf(wire.shape).join() === size.join();
    if (!isThere && found === undefined) return undefined;
    if (!isThere) steps.push(...(found ?? []));
    const isProjected = steps.some(({ command }) => widens(command, wire.index));
    if (channels !== undefined && wire.shape[2] !== channels && !isProjected) {
      steps.push(project({ node, index: wire.index }, channels, [1, 1]));
    }
  }
  return steps;
}

const widens = (command: EditCommand, index: number): boolean =>
  command.type === "addNode" && command.nodeType === "conv2d" && command.onto?.index === index;

function project(
  onto: { readonly node: string; readonly index: number },
  filters: number,
  strides: Size,
): Step {
  const title = [t("Insert a 1 × 1 Projection"), t("Insert 1 × 1 Projections")] as const;
  const options = { filters, kernelSize: 1, useBias: false };
  const isStill = strides[0] === 1 && strides[1] === 1;
  return insert(title, "conv2d", onto, isStill ? options : { ...options, strides });
}

/** Options that take a border or positions away, as they would be left. */
const kinder = [
  {
    title: (node: string) => t("Set Padding of {0} to Same", node),
    option: "padding",
    read: "same",
    value: "same",
  },
  {
    title: (node: string) => t("Set Strides of {0} to 1", node),
    option: "strides",
    read: [1, 1],
    value: 1,
  },
] as const;

/** The one option of what feeds a wire that gives it the wanted size. */
function changeOption(
  { source }: Wire,
  size: Size,
  onlyPadding: boolean,
): readonly Step[] | undefined {
  const definition = source && layerDefinition(source.type);
  const inputs = source?.inputShapes ?? [];
  if (source === undefined || definition === undefined) return undefined;
  if (!inputs.every((shape) => shape !== undefined)) return undefined;
  for (const { title, option, read, value } of kinder.slice(0, onlyPadding ? 1 : 2)) {
    if (definition.options[option] === undefined) continue;
    const result = definition.infer(inputs, { ...source.options, [option]: read });
    if (isMisfit(result) || !isFeatureMap(result.outputShape)) continue;
    if (sizeOf(result.outputShape).join() !== size.join()) continue;
    return [
      {
        title: title(source.id),
        plural: option === "padding" ? t("Set Paddings to Same") : t("Set Strides to 1"),
        command: { type: "setOption", nodes: [source.id], option, value },
      },
    ];
  }
  return undefined;
}

/** Brings a wire to the wanted size by a layer on it: in whole steps, or by cutting the border off. */
function resize(
  { index, shape }: Wire,
  size: Size,
  node: string,
  channels: number | undefined,
): readonly Step[] | undefined {
  const onto = { node, index };
  const [down, up] = [stepsDown(shape, size), stepsUp(shape, size)];
  if (down !== undefined && channels !== undefined) return [project(onto, channels, down)];
  if (down !== undefined) {
    const title = [t("Insert a Max Pooling"), t("Insert Max Poolings")] as const;
    return [insert(title, "maxPooling2d", onto, { poolSize: down, padding: "same" })];
  }
  if (up !== undefined) {
    return [
      insert([t("Insert an UpSampling2D"), t("Insert UpSampling2Ds")], "upSampling2d", onto, {
        size: up,
      }),
    ];
  }
  const [rows, columns] = [shape[0] - size[0], shape[1] - size[1]];
  if (rows < 0 || columns < 0) return undefined;
  const cropping = [
    Math.floor(rows / 2),
    Math.ceil(rows / 2),
    Math.floor(columns / 2),
    Math.ceil(columns / 2),
  ];
  const title = t("Crop to {0}", formatShape(size));
  return [insert([title, title], "cropping2d", onto, { cropping })];
}

/** Strides that bring one size to the other, at least two along one axis. */
function stepsDown(from: Map2d, to: Size): Size | undefined {
  const steps = [Math.round(from[0] / to[0]), Math.round(from[1] / to[1])] as const;
  const fits = steps.every((step, axis) => Math.ceil((from[axis] ?? 0) / step) === to[axis]);
  return fits && (steps[0] > 1 || steps[1] > 1) ? steps : undefined;
}

function stepsUp(from: Map2d, to: Size): Size | undefined {
  const steps = [to[0] / from[0], to[1] / from[1]] as const;
  return steps.every(Number.isInteger) && (steps[0] > 1 || steps[1] > 1) ? steps : undefined;
}
