import { aligned } from "../regions.ts";
import { nth } from "../../nth.ts";
import { type Kernel, type Procedure, type Step, type Task, spread, view } from "./kernel.ts";

/** Neighbouring axes that are summed together, or kept together. */
interface Group {
  readonly extent: number;
  readonly isSummed: boolean;
}

function groupsOf(shape: readonly number[], axes: readonly number[]): readonly Group[] {
  const groups: Group[] = [];
  for (const [axis, extent] of shape.entries()) {
    const isSummed = axes.includes(axis);
    const last = groups.at(-1);
    if (extent !== 1 && last?.isSummed === isSummed) {
      groups[groups.length - 1] = { extent: last.extent * extent, isSummed };
    } else if (extent !== 1) {
      groups.push({ extent, isSummed });
    }
  }
  return groups;
}

/** `y[outer, inner] = Σ x[outer, summed, inner]`. */
interface Pass {
  readonly outer: number;
  readonly summed: number;
  readonly inner: number;
}

/** One pass for each group of axes that is summed, from the last. */
function passesOf(groups: readonly Group[]): readonly Pass[] {
  const passes: Pass[] = [];
  let inner = 1;
  for (const [index, { extent, isSummed }] of [...groups.entries()].toReversed()) {
    if (isSummed) {
      const outer = groups.slice(0, index).reduce((product, group) => product * group.extent, 1);
      passes.push({ outer, summed: extent, inner });
    } else {
      inner *= extent;
    }
  }
  return passes.flatMap(inPieces);
}

/** Long sums are made of so many shorter ones, whatever the number of threads, which then changes nothing. */
const pieces = 16;
const longSum = 2048;

function inPieces(pass: Pass): readonly Pass[] {
  const { outer, summed, inner } = pass;
  return outer === 1 && summed >= longSum && summed % pieces === 0
    ? [
        { outer: pieces, summed: summed / pieces, inner },
        { outer: 1, summed: pieces, inner },
      ]
    : [pass];
}

/** Sum, or mean, over some axes. */
function reduce(
  { inputs, parts }: Task<"Sum" | "Mean" | "BiasAddGrad">,
  axes: readonly number[],
  isMean: boolean,
): Procedure {
  const { shape } = nth(inputs, 0);
  const count = axes.reduce((product, axis) => product * nth(shape, axis), 1);
  if (count === 1) {
    return view;
  }
  const passes = passesOf(groupsOf(shape, axes));
  const sizes = passes.map(({ outer, inner }) => aligned(4 * outer * inner));
  return {
    // What lies between the passes.
    scratch: sizes.slice(0, -1).reduce((sum, size) => sum + size, 0),
    steps: ({ inputs: [source = 0], outputs: [target = 0], scratch }) => {
      let [from, room] = [source, scratch];
      return passes.map(({ outer, summed, inner }, index): Step => {
        const isLast = index === passes.length - 1;
        const to = isLast ? target : room;
        const scale = isLast && isMean ? 1 / count : 1;
        const given = [from, to, summed, inner, scale];
        room += nth(sizes, index);
        from = to;
        return spread("sumMiddle", given, outer, summed * inner, parts);
      });
    },
  };
}

export const sum: Kernel<"Sum"> = (task) => reduce(task, task.attributes.axes, false);
export const mean: Kernel<"Mean"> = (task) => reduce(task, task.attributes.axes, true);

export const biasGradient: Kernel<"BiasAddGrad"> = (task) =>
  reduce(
    task,
    nth(task.inputs, 0)
      .shape.map((_, axis) => axis)
      .slice(0, -1),
    false,
  );

/** Number of rows, and values in each, along the last axis. */
function rowsOf(shape: readonly number[]): readonly [number, number] {
  const width = shape.at(-1) ?? 1;
  return [shape.reduce((product, extent) => product * extent, 1) / width, width];
}

export const softmax: Kernel<"Softmax"> = ({ inputs, parts }) => {
  const [rows, width] = rowsOf(nth(inputs, 0).shape);
  return {
    overwrites: [0],
    steps: ({ inputs: given, outputs }) => [
      spread("softmax", [...given, ...outputs, width], rows, width, parts),
    ],
  };
};

export const softmaxCrossEntropy: Kernel<"SoftmaxCrossEntropyWithLogits"> = ({ inputs, parts }) => {
  const [rows, width] = rowsOf(nth(inputs, 0).shape);
  return {
    steps: ({ inputs: given, outputs }) => [
      spread("softmaxCrossEntropy", [...given, ...outputs, width], rows, width, parts),
    ],
  };
};

export const argMax: Kernel<"ArgMax"> = ({ inputs, parts }) => {
  const [rows, width] = rowsOf(nth(inputs, 0).shape);
  return {
    steps: ({ inputs: given, outputs }) => [
      spread("argMax", [...given, ...outputs, width], rows, width, parts),
    ],
  };
};
