import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../src/core/layers/option.ts";
import { startDevice } from "../../../src/trainer/engines/webgpu/device.ts";
import { Executor } from "../../../src/trainer/engines/webgpu/executor.ts";
import { Pipelines } from "../../../src/trainer/engines/webgpu/pipelines.ts";
import { countOf } from "../../../src/trainer/engines/shapes.ts";
import type { Operation, OperationType, Tensor } from "../../../src/trainer/graph/operation.ts";
import type { TrainingGraph } from "../../../src/trainer/graph/trainingGraph.ts";
import { defaultWebgpuDirectory } from "../../../src/native/webgpuPackage.ts";
import { startWebgpu } from "../support/webgpu.ts";

const engine = await startWebgpu();
if (typeof engine === "string") {
  process.stderr.write(`The kernels on WebGPU are not tested: ${engine}\n`);
}

type Attributes = Readonly<Record<string, JsonValue>>;

const tensor = (operation: string, shape: readonly number[]): Tensor => ({
  operation,
  index: 0,
  shape,
  dataType: "float32",
});

const operationOf = (
  name: string,
  type: OperationType,
  inputs: readonly Tensor[],
  attributes: Attributes,
  shape: readonly number[],
): Operation =>
  ({ name, type, inputs, attributes, outputs: [tensor(name, shape)], after: [] }) as Operation;

/** What one operation makes of tensors; the first is fed, the others are constants. */
async function compute(
  type: OperationType,
  [fed, ...constants]: readonly (readonly [Float32Array, readonly number[]])[],
  attributes: Attributes,
  shape: readonly number[],
): Promise<Float32Array> {
  const [values, fedShape] = fed!;
  const given = [
    operationOf("x", "Placeholder", [], {}, fedShape),
    ...constants.map(([numbers, of], index) =>
      operationOf(`constant${index}`, "Const", [], { values: [...numbers] }, of),
    ),
  ];
  const inputs = given.map(({ outputs }) => outputs[0]!);
  const result = operationOf("y", type, inputs, attributes, shape);
  const graph: TrainingGraph = {
    operations: [...given, result],
    weights: [],
    slots: [],
    signatures: {
      predict: { inputs: { x: inputs[0]! }, outputs: { scores: result.outputs[0]! }, updates: [] },
    },
    inputShape: [1],
    classes: 1,
    outputs: [],
    measured: [],
    layers: [],
  };
  const device = await startDevice(defaultWebgpuDirectory());
  const executor = new Executor(device, new Pipelines(device.gpu), graph);
  try {
    const { scores } = await executor.call("predict", 1, { x: values });
    return scores!;
  } finally {
    executor.dispose();
  }
}

const count = 2048;

/** Values from `low` to `high`. */
const grid = (low: number, high: number): Float32Array =>
  Float32Array.from({ length: count }, (_, index) => low + ((high - low) * index) / (count - 1));

/** Whole numbers whose sums are exact, in no order that a mistake could hide in. */
const whole = (length: number): Float32Array =>
  Float32Array.from({ length }, (_, index) => ((index * 7919) % 23) - 11);

const functions: readonly (readonly [OperationType, (x: number) => number, Float32Array])[] = [
  ["Exp", Math.exp, grid(-20, 20)],
  ["Log", Math.log, grid(1e-3, 50)],
  ["Tanh", Math.tanh, grid(-100, 100)],
  ["Sigmoid", (x) => 1 / (1 + Math.exp(-x)), grid(-40, 40)],
  ["Softplus", (x) => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0), grid(-40, 40)],
  ["Softsign", (x) => x / (1 + Math.abs(x)), grid(-40, 40)],
  ["Rsqrt", (x) => 1 / Math.sqrt(x), grid(1e-3, 100)],
  ["Relu6", (x) => Math.min(Math.max(x, 0), 6), grid(-10, 10)],
];

// Its programs are compiled in software where there is no adapter.
describe.skipIf(typeof engine === "string")("kernels on WebGPU", { timeout: 120_000 }, () => {
  it.each(functions)("%s is right to five digits", async (type, exact, values) => {
    const result = await compute(type, [[values, [count]]], {}, [count]);
    const errors = [...values].map((value, index) => {
      const expected = exact(value);
      return Math.abs(result[index]! - expected) / Math.max(Math.abs(expected), 1e-2);
    });
    expect(Math.max(...errors)).toBeLessThan(1e-5);
  });

  it.each(["Relu", "Relu6", "Tanh", "Softplus", "Erf", "Selu"] as const)(
    "%s keeps what is not a number",
    async (type) => {
      const values = Float32Array.of(Number.NaN, 1, -1);
      const result = await compute(type, [[values, [3]]], {}, [3]);
      expect([...result].map(Number.isNaN)).toEqual([true, false, false]);
    },
  );

  it("finds the powers of numbers near one as exactly as products do", async () => {
    const exponents = Float32Array.of(0, 1, 2, 17, 1000, 100_000);
    const base = Float32Array.of(0.999);
    const power = async (exponent: number) =>
      (
        await compute(
          "Pow",
          [
            [base, []],
            [Float32Array.of(exponent), []],
          ],
          {},
          [],
        )
      )[0]!;
    for (const exponent of exponents) {
      const expected = base[0]! ** exponent;
      expect(Math.abs((await power(exponent)) - expected)).toBeLessThan(1e-5 * expected + 1e-30);
    }
  });

  it("adds up more tensors than a program has room for", async () => {
    const addends = Array.from({ length: 20 }, (_, index) => whole(50).map((x) => x * (index + 1)));
    const result = await compute(
      "AddN",
      addends.map((values) => [values, [50]] as const),
      {},
      [50],
    );
    expect([...result]).toEqual([...whole(50)].map((x) => x * 210));
  });

  it.each([
    ["everything", [40, 50, 60], [0, 1, 2]],
    ["the first axes", [900, 30, 7], [0, 1]],
    ["the last axis", [3, 5000], [1]],
    ["an axis in the middle", [20, 300, 9], [1]],
    ["the first and the last axis", [200, 6, 50], [0, 2]],
  ] as const)("sums over %s", async (_, shape, axes) => {
    const values = whole(countOf(shape));
    const kept = shape.filter((__, axis) => !(axes as readonly number[]).includes(axis));
    const expected = new Float32Array(countOf(kept));
    for (const [index, value] of values.entries()) {
      let [rest, place, stride] = [index, 0, 1];
      for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
        const at = rest % shape[axis]!;
        rest = (rest - at) / shape[axis]!;
        if ((axes as readonly number[]).includes(axis)) continue;
        place += at * stride;
        stride *= shape[axis]!;
      }
      expected[place]! += value;
    }
    const result = await compute(
      "Sum",
      [[values, shape]],
      { axes: [...axes], keepDims: false },
      kept,
    );
    expect(result).toEqual(expected);
  });

  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])("multiplies matrices, transposed: %s and %s", async (transposeA, transposeB) => {
    const [rows, inner, columns] = [70, 500, 33];
    const [a, b] = [whole(rows * inner), whole(inner * columns)];
    const expected = Float32Array.from({ length: rows * columns }, (_, index) => {
      const [row, column] = [Math.floor(index / columns), index % columns];
      let sum = 0;
      for (let k = 0; k < inner; k += 1) {
        const left = transposeA ? a[k * rows + row]! : a[row * inner + k]!;
        sum += left * (transposeB ? b[column * inner + k]! : b[k * columns + column]!);
      }
      return sum;
    });
    const result = await compute(
      "MatMul",
      [
        [a, transposeA ? [inner, rows] : [rows, inner]],
        [b, transposeB ? [columns, inner] : [inner, columns]],
      ],
      { transposeA, transposeB },
      [rows, columns],
    );
    expect(result).toEqual(expected);
  });

  it("goes through more values than there are workgroups along one axis", async () => {
    const values = whole(65_535 * 64 + 1000);
    const result = await compute("Neg", [[values, [values.length]]], {}, [values.length]);
    // Compared by hand: a difference would be printed with millions of lines.
    expect(result.length).toBe(values.length);
    expect(values.findIndex((value, index) => result[index] !== -value)).toBe(-1);
  });
});
