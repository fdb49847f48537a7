import type { AxisWindow, Window } from "../layers/layer.ts";
import type { Network, NetworkLayer } from "../network/network.ts";
import type { ReceptiveField } from "./analysis.ts";

/** Along one axis: unit `u` sees the pixels `start + u·stride` to `start + u·stride + size − 1`. */
interface AxisField {
  readonly start: number;
  readonly size: number;
  /** 0 where every unit sees the same pixels. */
  readonly stride: number;
  /** Units along the axis. */
  readonly count: number;
  readonly aligned: boolean;
}

/** The fields of one layer along both axes, and the extent of the image they lie in. */
interface Field {
  readonly height: AxisField;
  readonly width: AxisField;
  readonly image: readonly [height: number, width: number];
}

/**
 * Receptive field of every layer in the order of the network, by the recurrences `r' = r + (k − 1)·j`, `j' = j·s`, `P' = P + p·j` along each axis
 * (Araujo et al. 2019, distill.pub/2019/computing-receptive-fields). A join takes the largest of its branches; where
 * their centres or strides differ it is not aligned and takes the hull. Behind a dense layer every unit sees all.
 */
export function receptiveFields(network: Network): readonly (ReceptiveField | undefined)[] {
  const fields: (Field | undefined)[] = [];
  const results: (ReceptiveField | undefined)[] = [];
  for (const layer of network.layers) {
    const field = fieldOf(layer, fields);
    fields.push(field);
    const [source = -1] = layer.sources;
    // Layers that work value by value pass their field on, and its summary with it.
    results.push(field === fields[source] ? results[source] : field && summarize(field));
  }
  return results;
}

function summarize({ height, width }: Field): ReceptiveField {
  const center = (axis: AxisField) => axis.start + (axis.size - 1) / 2;
  return {
    // Behind an enlargement units see different numbers of pixels; a part of one counts as one.
    size: [Math.ceil(height.size), Math.ceil(width.size)],
    stride: [height.stride, width.stride],
    // The sum turns -0 into 0.
    padding: [0 - height.start, 0 - width.start],
    center: [center(height), center(width)],
    aligned: height.aligned && width.aligned,
  };
}

function fieldOf(layer: NetworkLayer, fields: readonly (Field | undefined)[]): Field | undefined {
  const { inference, sources, type } = layer;
  if (inference === undefined) return undefined;
  const [outputHeight = 1, outputWidth = 1] = inference.outputShape;
  const isMap = inference.outputShape.length === 3;
  if (type === "input") {
    const [height, width] = isMap ? [outputHeight, outputWidth] : [1, 1];
    const pixel = (count: number) => ({ start: 0, size: 1, stride: 1, count, aligned: true });
    return { height: pixel(height), width: pixel(width), image: [height, width] };
  }
  const joined = sources.length === 1 ? fields[sources[0] ?? -1] : joinFields(sources, fields);
  if (joined === undefined || inference.window.type === "pointwise") return joined;
  return applyWindow(joined, inference.window, isMap ? [outputHeight, outputWidth] : undefined);
}

function applyWindow(
  field: Field,
  window: Window,
  output: readonly [number, number] | undefined,
): Field {
  const { height, width, image } = field;
  switch (window.type) {
    case "pointwise":
      return field;
    case "all":
      return { height: whole(height, image[0]), width: whole(width, image[1]), image };
    case "local":
      return {
        height: slide(height, window.height, output?.[0] ?? 1),
        width: slide(width, window.width, output?.[1] ?? 1),
        image,
      };
  }
}

function slide(axis: AxisField, window: AxisWindow, count: number): AxisField {
  const { size, stride, dilation, padding, upsampling = 1 } = window;
  const reach = dilation * (size - 1);
  return {
    // Of a spread input only every `upsampling`-th place holds a value.
    start: axis.start + Math.ceil(-padding / upsampling) * axis.stride,
    size: axis.size + Math.floor(reach / upsampling) * axis.stride,
    stride: (axis.stride * stride) / upsampling,
    count,
    aligned: axis.aligned,
  };
}

/** What all units together see of the image. */
function whole(axis: AxisField, extent: number): AxisField {
  const first = Math.max(0, axis.start);
  const last = Math.min(extent - 1, axis.start + (axis.count - 1) * axis.stride + axis.size - 1);
  return {
    start: first,
    size: Math.max(0, last - first + 1),
    stride: 0,
    count: 1,
    aligned: axis.aligned,
  };
}

function joinFields(
  sources: readonly number[],
  fields: readonly (Field | undefined)[],
): Field | undefined {
  const branches = sources.map((source) => fields[source]).filter((field) => field !== undefined);
  const [first] = branches;
  if (first === undefined || branches.length < sources.length) return undefined;
  const { image } = first;
  return {
    height: joinAxes(
      branches.map((branch) => branch.height),
      image[0],
    ),
    width: joinAxes(
      branches.map((branch) => branch.width),
      image[1],
    ),
    image,
  };
}

function joinAxes(branches: readonly AxisField[], extent: number): AxisField {
  const count = Math.max(...branches.map((branch) => branch.count));
  // One unit that is stretched over a map (squeeze and excitation) shows all it sees to every position.
  const isGlobal = (branch: AxisField) => branch.stride === 0 || (branch.count === 1 && count > 1);
  if (branches.some(isGlobal)) return joinGlobal(branches, extent, count);
  const largest = branches.reduce((one, other) => (other.size > one.size ? other : one));
  const looksAlike = (branch: AxisField) =>
    branch.stride === largest.stride &&
    2 * branch.start + branch.size === 2 * largest.start + largest.size;
  if (branches.every(looksAlike)) {
    const { start, size, stride } = largest;
    return { start, size, stride, count, aligned: branches.every((branch) => branch.aligned) };
  }
  const hullAt = (unit: number) => {
    const starts = branches.map((branch) => branch.start + unit * branch.stride);
    const ends = branches.map((branch, index) => (starts[index] ?? 0) + branch.size);
    return [Math.min(...starts), Math.max(...ends)] as const;
  };
  const [start, end] = hullAt(0);
  const [lastStart, lastEnd] = hullAt(count - 1);
  const size = Math.max(end - start, lastEnd - lastStart);
  return { start, size, stride: largest.stride, count, aligned: false };
}

function joinGlobal(branches: readonly AxisField[], extent: number, count: number): AxisField {
  const ranges = branches.map((branch) => whole(branch, extent));
  const start = Math.min(...ranges.map((range) => range.start));
  const end = Math.max(...ranges.map((range) => range.start + range.size));
  const aligned = branches.every((branch) => branch.aligned);
  return { start, size: end - start, stride: 0, count, aligned };
}
