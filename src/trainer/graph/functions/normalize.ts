import type { LrnAttributes, Tensor } from "../operation.ts";
import { type Tape, shared } from "../tape.ts";

/** What a batch normalisation gives in training. */
export interface BatchNormalized {
  readonly output: Tensor;
  readonly mean: Tensor;
  /** Biased (divided by n), which is what Keras 3 and tfjs average; TensorFlow's operation gives the unbiased one. */
  readonly variance: Tensor;
}

/** Normalises each channel of a feature map by the mean and variance of the batch (Ioffe and Szegedy 2015). */
export function normalizeBatch(
  tape: Tape,
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  epsilon: number,
): BatchNormalized {
  const { graph } = tape;
  const vector = { shape: gamma.shape };
  const outputs = graph.addMany("FusedBatchNormV3", [x, gamma, beta], { epsilon }, [
    { shape: x.shape },
    vector,
    vector,
    vector,
    vector,
    vector,
  ]);
  const [y, mean, unbiased, ...reserves] = outputs as [Tensor, Tensor, Tensor, ...Tensor[]];
  const gradients = shared((dy) =>
    graph.addMany("FusedBatchNormGradV3", [dy, x, gamma, ...reserves], { epsilon }, [
      { shape: x.shape },
      vector,
      vector,
    ]),
  );
  const output = tape.record(
    y,
    [x, gamma, beta].map((of, index) => ({ of, gradient: (dy) => gradients(dy)[index] as Tensor })),
  );
  return { output, mean, variance: graph.binary("Mul", unbiased, biasFactor(tape, x, gamma)) };
}

/** (n − 1) / n for the n values of one channel in the batch. */
function biasFactor(tape: Tape, x: Tensor, vector: Tensor): Tensor {
  const { graph } = tape;
  const size = graph.cast(graph.add("Size", [x], {}, { shape: [], dataType: "int32" }), "float32");
  const channels = graph.scalar(vector.shape[0] ?? 1);
  return graph.binary("RealDiv", graph.binary("Sub", size, channels), size);
}

/**
 * Scales and shifts by moving averages, for inference and where nothing of it is trained.
 * Written out, because TensorFlow's optimiser fuses convolution, `FusedBatchNorm` and some activations into a kernel
 * that does not exist ("Fusion is not implemented: [FusedBatchNorm,Tanh]").
 */
export function normalizeByAverages(
  tape: Tape,
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  averages: { readonly mean: Tensor; readonly variance: Tensor },
  epsilon: number,
): Tensor {
  const { graph } = tape;
  const deviation = graph.unary(
    "Rsqrt",
    graph.binary("AddV2", averages.variance, graph.scalar(epsilon)),
  );
  const factor = graph.binary("Mul", deviation, gamma);
  const shift = graph.binary("Sub", beta, graph.binary("Mul", averages.mean, factor));
  const y = graph.binary("AddV2", graph.binary("Mul", x, factor), shift);
  return tape.record(y, [{ of: x, gradient: (dy) => graph.binary("Mul", dy, factor) }]);
}

/**
 * Brings the values along `axes` to mean 0 and variance 1 within each example.
 * dx = (g − mean(g) − x̂ · mean(g · x̂)) / σ (Ba, Kiros and Hinton 2016).
 */
export function standardize(
  tape: Tape,
  x: Tensor,
  axes: readonly number[],
  epsilon: number,
): Tensor {
  const { graph } = tape;
  const mean = (tensor: Tensor): Tensor => graph.reduce("Mean", tensor, axes, true);
  const centred = graph.binary("Sub", x, mean(x));
  const variance = mean(graph.unary("Square", centred));
  const inverse = graph.unary("Rsqrt", graph.binary("AddV2", variance, graph.scalar(epsilon)));
  const y = graph.binary("Mul", centred, inverse);
  return tape.record(y, [
    {
      of: x,
      gradient(dy) {
        const along = graph.binary("Mul", y, mean(graph.binary("Mul", dy, y)));
        const rest = graph.binary("Sub", graph.binary("Sub", dy, mean(dy)), along);
        return graph.binary("Mul", rest, inverse);
      },
    },
  ]);
}

/** Local response normalisation across channels (Krizhevsky et al. 2012). */
export function normalizeLocally(tape: Tape, x: Tensor, attributes: LrnAttributes): Tensor {
  const { graph } = tape;
  const y = graph.add("LRN", [x], attributes, { shape: x.shape });
  return tape.record(y, [
    { of: x, gradient: (dy) => graph.add("LRNGrad", [dy, x, y], attributes, { shape: x.shape }) },
  ]);
}
