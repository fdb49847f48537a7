import fs from "node:fs";
import { t } from "../../../core/text/t.ts";
import { GraphBuilder } from "../../graph/builder.ts";
import { Tape } from "../../graph/tape.ts";
import type { TrainingGraph } from "../../graph/trainingGraph.ts";
import { firstLine } from "../../asFailure.ts";
import { TrainingFailure } from "../../trainingFailure.ts";
import type { EngineSession } from "../engine.ts";

const [side, channels, taps] = [64, 8, 3] as const;
const positions = (side - taps + 1) ** 2;
const values = side * side * channels;

/** What every product makes of an image of ones, added up: sums that are far beyond the 256 at which bfloat16 stops to count. */
const expected = [
  positions * channels * (taps * taps * channels),
  positions * (taps * taps * channels) * (taps * taps * channels * channels),
  positions * channels * (taps * taps * channels) ** 2,
  values,
];

/** Each product once in bfloat16, with a kernel of ones; `predict` gives their sums. */
export function bfloat16Trial(): TrainingGraph {
  const graph = new GraphBuilder();
  const tape = new Tape(graph, "bfloat16");
  const x = graph.placeholder([-1, side, side, channels]);
  const kernelShape = [taps, taps, channels, channels];
  const kernel = graph.constant(
    Array.from({ length: taps * taps * channels * channels }, () => 1),
    kernelShape,
  );
  const placement = { strides: [1, 1], padding: "VALID" } as const;
  const inner = side - taps + 1;
  const y = tape.product("Conv2D", [x, kernel], placement, [-1, inner, inner, channels]);
  const row = graph.reshape(x, [-1, values]);
  const products = [
    y,
    tape.product("Conv2DBackpropFilter", [x, y], { ...placement, kernelShape }, kernelShape),
    tape.product(
      "Conv2DBackpropInput",
      [kernel, y],
      { ...placement, inputSize: [side, side, channels] },
      x.shape,
    ),
    tape.product("MatMul", [row, row], { transposeA: false, transposeB: true }, [-1, 1]),
  ];
  const sums = products.map((product) =>
    graph.reshape(graph.reduce("Sum", product, [...product.shape.keys()], false), [1]),
  );
  const scores = graph.add("ConcatV2", sums, { axis: 0 }, { shape: [sums.length] });
  return {
    operations: graph.operations,
    weights: [],
    slots: [],
    signatures: { predict: { inputs: { x }, outputs: { scores }, updates: [] } },
    inputShape: [side, side, channels],
    classes: sums.length,
    outputs: [],
    measured: [],
    layers: [],
  };
}

/**
 * Throws a `TrainingFailure` where TensorFlow has no products in bfloat16, or sums them up in bfloat16 as well, as it
 * does on processors for which oneDNN has none: long sums, which gradients of kernels are, would come out too small.
 */
export async function refuseWrongBfloat16(
  session: Pick<EngineSession, "predict">,
  engine: string,
): Promise<void> {
  const sums = await session
    .predict(new Float32Array(values).fill(1), 1)
    .catch((error: unknown) => {
      throw failure(
        t("{0} has no products in bfloat16 on this processor: {1}", engine, firstLine(error)),
      );
    });
  // Each value is rounded to the nearest of 8 bits.
  if (!expected.every((sum, index) => Math.abs((sums[index] ?? NaN) / sum - 1) <= 2 ** -8)) {
    throw failure(
      t("{0} adds up in bfloat16 on this processor, so gradients would come out wrong.", engine),
    );
  }
}

const failure = (message: string): TrainingFailure =>
  new TrainingFailure(
    "engineFailed",
    message,
    t('Set "precision" in the recipe to "float32", or take it out.'),
  );

/** True where the processor multiplies bfloat16 by instructions of its own; `undefined` where it does not say. */
export function multipliesBfloat16(processor = processorWords()): boolean | undefined {
  const [, flags] = /^(?:flags|Features)\s*:(.*)$/mu.exec(processor) ?? [];
  return flags === undefined ? undefined : /\b(?:avx512_bf16|amx_bf16|bf16)\b/u.test(flags);
}

function processorWords(): string {
  try {
    return fs.readFileSync("/proc/cpuinfo", "utf8");
  } catch {
    return "";
  }
}
