import type { EditCommand } from "../design/command.ts";
import { type DatasetImages, imagesOf } from "../design/datasetOptions.ts";
import type { ParsedDesign } from "../design/parse.ts";
import type { Fix, Problem } from "../design/problem.ts";
import type { LayerType } from "../layers/layers.ts";
import { formatShape, type Shape, sizeOf } from "../layers/shape.ts";
import type { Network, NetworkLayer } from "../network/network.ts";

/** A warning with its fix where the images of a data set that is known do not fit the design. */
export function dataMismatch(parsed: ParsedDesign, network: Network): readonly Problem[] {
  const { dataset } = parsed.design.training ?? {};
  const images = dataset && imagesOf(dataset);
  const ends = endsOf(network);
  if (dataset === undefined || images === undefined || ends === undefined) return [];
  const { input, output, shape, classes } = ends;
  const isSame = fits(images.shape, shape);
  if (isSame && classes === images.classes) return [];
  const range = parsed.rangeOf(["training", "dataset"]);
  const fix = fixFor(images, isSame ? undefined : input, classes, output, network);
  return [
    {
      severity: "warning",
      code: "dataMismatch",
      message:
        `The data set ${dataset.type} has images of ${formatShape(images.shape)} and ${images.classes} classes, ` +
        `the design takes ${formatShape(shape)} and gives ${classes} ${classes === 1 ? "value" : "values"}.`,
      ...(range === undefined ? {} : { range }),
      ...(fix === undefined ? {} : { fix }),
    },
  ];
}

interface Ends {
  readonly input: NetworkLayer;
  readonly output: NetworkLayer;
  readonly shape: Shape;
  readonly classes: number;
}

/** The one input and the main output, where both are known and the output is a vector. */
function endsOf({ layers, byId, outputs }: Network): Ends | undefined {
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

/** As they are, as a vector, or padded as LeNet-5 was published. */
function fits(images: Shape, input: Shape): boolean {
  const isVector = input.length === 1 && sizeOf(input) === sizeOf(images);
  const isPadded = images.join() === "28,28,1" && input.join() === "32,32,1";
  return isVector || isPadded || images.join() === input.join();
}

function fixFor(
  { shape, classes }: DatasetImages,
  input: NetworkLayer | undefined,
  given: number,
  output: NetworkLayer,
  network: Network,
): Fix | undefined {
  const commands: EditCommand[] = [];
  const changes: string[] = [];
  if (input !== undefined) {
    if (input.id !== input.node) return undefined;
    commands.push({ type: "setOption", nodes: [input.node], option: "shape", value: shape });
    changes.push(`Input to ${formatShape(shape)}`);
  }
  if (given !== classes) {
    const last = widthOf(output, network);
    if (last === undefined) return undefined;
    commands.push({ type: "setOption", nodes: [last.node], option: last.option, value: classes });
    changes.push(`${last.node} to ${classes} Classes`);
  }
  return { title: `Set ${changes.join(" and ")}`, command: { type: "sequence", commands } };
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
