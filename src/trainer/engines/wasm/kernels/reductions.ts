import { aligned } from "../regions.ts";
import {
  type Call,
  type Kernel,
  type Step,
  type Task,
  nth,
  ranges,
  spread,
  view,
} from "./kernel.ts";

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

/** Sum, or mean, over some axes: one pass for each group of them, from the last. */
function reduce(
  { inputs, parts }: Task<"Sum" | "Mean" | "BiasAddGrad">,
  axes: readonly number[],
  isMean: boolean,
): ReturnType<Kernel<"Sum">> {
  const x = nth(inputs, 0);
  const summed = axes.reduce((product, axis) => product * nth(x.shape, axis), 1);
  const scale = isMean ? 1 / summed : 1;
  if (summed === 1) {
    return view;
  }
  const groups = groupsOf(x.shape, axes);
  const passes: { outer: number; summed: number; inner: number }[] = [];
  let inner = 1;
  for (const [index, { extent, isSummed }] of [...groups.entries()].toReversed()) {
    if (isSummed) {
      const outer = groups.slice(0, index).reduce((product, group) => product * group.extent, 1);
      passes.push({ outer, summed: extent, inner });
    } else {
      inner *= extent;
    }
  }
  const sizes = passes.map((pass) => aligned(4 * pass.outer * pass.inner));
  return {
    // What lies between the passes.
    scratch: sizes.slice(0, -1).reduce((sum, size) => sum + size, 0),
    steps: ({ inputs: [source = 0], outputs: [target = 0], scratch }) => {
      let [from, room] = [source, scratch];
      return passes.map((pass, index): Step => {
        const isLast = index === passes.length - 1;
        const to = isLast ? target : room;
        const step = sumMiddle(pass, from, to, isLast ? scale : 1, parts);
        room += nth(sizes, index);
        from = to;
        return step;
      });
    },
  };

  function sumMiddle(
    { outer, summed: count, inner: width }: { outer: number; summed: number; inner: number },
    from: number,
    to: number,
    factor: number,
    parallel: number,
  ): Step {
    return outer === 1 && width > 1
      ? ranges(width, parallel, 16).map((range): Call => ({
          run: "sumColumns",
          with: [from, to, count, width, factor, ...range],
        }))
      : spread("sumMiddle", [from, to, count, width, factor], outer, count * width, parallel);
  }
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
