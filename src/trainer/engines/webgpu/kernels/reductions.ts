import { nth } from "../../nth.ts";
import type { Kernel, Program, Task } from "./kernel.ts";
import { reduce } from "./reduce.ts";
import { eachValue, Numbers, stridesOf } from "./wgsl.ts";

/** Sum, or mean, over some axes. */
function over(
  { inputs, outputs, scratch }: Task<"Sum" | "Mean" | "BiasAddGrad">,
  axes: readonly number[],
  isMean: boolean,
): readonly Program[] {
  const [x, output] = [nth(inputs, 0), nth(outputs, 0)];
  const numbers = new Numbers();
  const all = [...x.shape.keys()];
  const place = (number: string, chosen: readonly number[]): string => {
    const strides = stridesOf(x.shape);
    const extents = chosen.map((axis) => x.shape[axis] ?? 1);
    const own = stridesOf(extents);
    return (
      chosen
        .map((axis, index) => {
          const outermost =
            index === 0 ? number : `(${number} % ${numbers.of(own[index - 1] ?? 1)})`;
          return `${outermost} / ${numbers.of(own[index] ?? 1)} * ${numbers.of(strides[axis] ?? 1)}`;
        })
        .join(" + ") || "0u"
    );
  };
  const kept = all.filter((axis) => !axes.includes(axis));
  const terms = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1);
  return reduce(
    {
      reads: { x },
      output,
      terms,
      term: `return x[${place("o", kept)} + ${place(
        "r",
        axes.toSorted((a, b) => a - b),
      )}];`,
      along: axes.includes(x.shape.length - 1) ? "terms" : "sums",
      scale: isMean ? 1 / terms : 1,
      numbers,
    },
    scratch,
  );
}

export const sum: Kernel<"Sum"> = (task) => over(task, task.attributes.axes, false);
export const mean: Kernel<"Mean"> = (task) => over(task, task.attributes.axes, true);

export const biasGradient: Kernel<"BiasAddGrad"> = (task) =>
  over(task, [...nth(task.inputs, 0).shape.keys()].slice(0, -1), false);

/** Threads go through rows, each as long as the last axis; `at` is where a row begins, and `width` how long it is. */
function eachRow(
  { inputs }: Pick<Task<"Softmax">, "inputs">,
  programOf: Omit<Parameters<typeof eachValue>[0], "count" | "numbers">,
): Program {
  const { shape, count } = nth(inputs, 0);
  const width = shape.at(-1) ?? 1;
  const numbers = new Numbers();
  const each = `let width = ${numbers.of(width)}; let at = i * width;\n  ${programOf.each}`;
  return eachValue({ ...programOf, each, count: count / width, numbers });
}

/** The largest value of a row, from which on nothing overflows, and the sum of the exponentials. */
const exponentials = `
  var largest = x[at];
  for (var k = 1u; k < width; k++) { if (x[at + k] > largest || isNan(x[at + k])) { largest = x[at + k]; } }
  var sum = 0f;
  for (var k = 0u; k < width; k++) { sum += exp(x[at + k] - largest); }`;

export const softmax: Kernel<"Softmax"> = ({ inputs, outputs }) => [
  eachRow(
    { inputs },
    {
      reads: { x: nth(inputs, 0) },
      writes: { y: nth(outputs, 0) },
      each: `${exponentials}
  for (var k = 0u; k < width; k++) { y[at + k] = exp(x[at + k] - largest) / sum; }`,
    },
  ),
];

/** −Σ labels · log softmax(logits) of each example; softmax − labels. */
export const softmaxCrossEntropy: Kernel<"SoftmaxCrossEntropyWithLogits"> = ({
  inputs,
  outputs,
}) => [
  eachRow(
    { inputs },
    {
      reads: { x: nth(inputs, 0), labels: nth(inputs, 1) },
      writes: { loss: nth(outputs, 0), gradient: nth(outputs, 1) },
      each: `${exponentials}
  var total = 0f;
  for (var k = 0u; k < width; k++) {
    let score = x[at + k] - largest;
    total -= labels[at + k] * (score - log(sum));
    gradient[at + k] = exp(score) / sum - labels[at + k];
  }
  loss[i] = total;`,
    },
  ),
];

/** The first of the largest. */
export const argMax: Kernel<"ArgMax"> = ({ inputs, outputs }) => [
  eachRow(
    { inputs },
    {
      reads: { x: nth(inputs, 0) },
      writes: { y: nth(outputs, 0) },
      each: `var best = 0u;
  for (var k = 1u; k < width; k++) { if (x[at + k] > x[at + best]) { best = k; } }
  y[i] = f32(best);`,
    },
  ),
];
