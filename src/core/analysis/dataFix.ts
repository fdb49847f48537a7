import type { EditCommand } from "../design/command.ts";
import type { DatasetImages } from "../design/datasetOptions.ts";
import type { Fix } from "../design/problem.ts";
import type { LayerType } from "../layers/layers.ts";
import { formatShape, type Shape, sizeOf } from "../layers/shape.ts";
import type { Network, NetworkLayer } from "../network/network.ts";
import { t } from "../text/t.ts";

/** Where images come in and classes go out. */
export interface NetworkEnds {
  readonly input: NetworkLayer;
  readonly output: NetworkLayer;
  readonly shape: Shape;
  readonly classes: number;
}

/** The one input and the main output, where both are known and the output is a vector. */
export function endsOf({ layers, byId, outputs }: Network): NetworkEnds | undefined {
  const [input, ...others] = layers.filter(({ type }) => type === "input");
  const output = byId.get(outputs[0] ?? "");
  const shape = input?.inference?.outputShape;
  const [classes, ...more] = output?.inference?.outputShape ?? [];
  return input === undefined ||
    others.length > 0 ||
    output === undefined ||
    shape === undefined ||
    classes === undefined ||
    more.length > 0
    ? undefined
    : { input, output, shape, classes };
}

/** True where a design takes and gives what images have. */
export const fitsData = ({ shape, classes }: NetworkEnds, images: DatasetImages): boolean =>
  fitsShape(images.shape, shape) && fitsClasses(images.classes, classes);

/** As they are, as a vector, or padded as LeNet-5 was published. */
function fitsShape(images: Shape, input: Shape): boolean {
  const isVector = input.length === 1 && sizeOf(input) === sizeOf(images);
  const isPadded = images.join() === "28,28,1" && input.join() === "32,32,1";
  return isVector || isPadded || images.join() === input.join();
}

/** Two classes can also be told by one value. */
const fitsClasses = (classes: number, given: number): boolean =>
  given === classes || (given === 1 && classes === 2);

/** What makes a design take and give what images have; nothing where it fits, or where that takes more than options. */
export function dataFix(network: Network, images: DatasetImages): Fix | undefined {
  const ends = endsOf(network);
  if (ends === undefined || fitsData(ends, images)) return undefined;
  const { input, output } = ends;
  const commands: EditCommand[] = [];
  const size = formatShape(images.shape);
  const isShapeWrong = !fitsShape(images.shape, ends.shape);
  if (isShapeWrong) {
    if (input.id !== input.node) return undefined;
    commands.push({ type: "setOption", nodes: [input.node], option: "shape", value: images.shape });
  }
  if (fitsClasses(images.classes, ends.classes)) {
    return { title: t("Set Input to {0}", size), command: { type: "sequence", commands } };
  }
  const last = widthOf(output, network);
  if (last === undefined) return undefined;
  const { node, option } = last;
  commands.push({ type: "setOption", nodes: [node], option, value: images.classes });
  return {
    title: isShapeWrong
      ? t("Set Input to {0} and {1} to {2} Classes", size, node, images.classes)
      : t("Set {0} to {1} Classes", node, images.classes),
    command: { type: "sequence", commands },
  };
}

/** The option that decides how many values leave the network; nothing where it is not an option of a node. */
function widthOf(
  layer: NetworkLayer,
  network: Network,
): { readonly node: string; readonly option: "units" | "filters" } | undefined {
  if (keepsWidth.has(layer.type)) {
    const before = network.layers[layer.sources[0] ?? -1];
    return before && widthOf(before, network);
  }
  const option = widthOptions.get(layer.type);
  return option && layer.id === layer.node ? { node: layer.node, option } : undefined;
}

/** Layers with as many channels or values as what feeds them. */
const keepsWidth: ReadonlySet<LayerType> = new Set([
  "activation",
  "dropout",
  "globalAveragePooling2d",
]);

const widthOptions: ReadonlyMap<LayerType, "units" | "filters"> = new Map([
  ["dense", "units"],
  ["conv2d", "filters"],
]);
