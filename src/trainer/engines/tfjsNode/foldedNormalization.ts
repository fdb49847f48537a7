import type { OperationOf, Tensor } from "../../graph/operation.ts";
import type { NodeContent, NodeWriter } from "./nodeWriter.ts";
import { pixelLanes, repeated, unfolded } from "./pixelLanes.ts";

const float = { type: "float32" } as const;
const int = { type: "int32" } as const;

/** Neighbouring pixels that are taken together, so that their channels fill the lanes; 1 where that cannot be or need not. */
export function foldOf({ shape }: Tensor): number {
  const [, height = 0, width = 0, channels = 0] = shape;
  let fold = 1;
  while ((fold * channels) % pixelLanes !== 0) fold *= 2;
  return shape.length === 4 && (height * width) % fold === 0 ? fold : 1;
}

/**
 * Batch normalisation of a map whose channels are no multiple of 16, for which oneDNN has only a slow kernel (three to ten
 * times as long). Neighbouring pixels are taken as channels; mean and variance of each come from the fast kernel and are
 * put together, and a second call, which TensorFlow fuses with a ReLU behind it, normalises by them.
 */
export function foldedNormalization(
  writer: NodeWriter,
  operation: OperationOf<"FusedBatchNormV3">,
  fold: number,
): NodeContent {
  const { name, inputs, attributes, outputs } = operation;
  const [x, gamma, beta] = inputs as readonly [Tensor, Tensor, Tensor];
  const [, height = 0, width = 0, channels = 0] = x.shape;
  const wide = fold * channels;
  const empty = writer.constant("float32", [], [0]);
  const add = (
    label: string,
    op: string,
    nodes: readonly string[],
    extra: NodeContent["attributes"] = { T: float },
  ) => writer.add(`${name}/${label}`, op, { inputs: nodes, attributes: extra });
  const shaped = (label: string, node: string, shape: readonly number[]) =>
    add(label, "Reshape", [node, writer.integers(shape)], { T: float, Tshape: int });
  const meanOver = (label: string, node: string) =>
    add(label, "Mean", [node, writer.integers([0])], {
      T: float,
      Tidx: int,
      keep_dims: { boolean: false },
    });
  const normalized = (label: string, nodes: readonly string[], isTraining: boolean) =>
    add(label, "FusedBatchNormV3", nodes, {
      T: float,
      U: float,
      data_format: { string: "NHWC" },
      epsilon: { float: attributes.epsilon },
      exponential_avg_factor: { float: 1 },
      is_training: { boolean: isTraining },
    });
  const everyPixel = (label: string, node: string) =>
    repeated(writer, `${name}/${label}`, node, fold);

  const pixels = shaped("wide", writer.ref(x), [-1, 1, (height * width) / fold, wide]);
  const ones = writer.constant("float32", Array<number>(wide).fill(1), [wide]);
  const zeros = writer.constant("float32", Array<number>(wide).fill(0), [wide]);
  const statistics = normalized("statistics", [pixels, ones, zeros, empty, empty], true);
  const means = shaped("means", `${statistics}:1`, [fold, channels]);
  const variances = shaped("variances", `${statistics}:4`, [fold, channels]);
  const mean = meanOver("mean", means);
  const between = meanOver("between", add("squares", "SquaredDifference", [means, mean]));
  const variance = add("variance", "AddV2", [meanOver("within", variances), between]);
  // The operation gives the variance divided by n − 1, and keeps the one divided by n for its gradient.
  const size = add("size", "Size", [writer.ref(x)], { T: float, out_type: int });
  const values = add("values", "Cast", [size], {
    SrcT: int,
    DstT: float,
    Truncate: { boolean: false },
  });
  const fewer = add("fewer", "Sub", [values, writer.constant("float32", [channels], [])]);
  const unbiased = add("unbiased", "Mul", [variance, add("factor", "RealDiv", [values, fewer])]);
  for (const [index, node] of [mean, unbiased, mean, variance, empty].entries()) {
    writer.redirect(outputs[index + 1] as Tensor, node);
  }
  const y = normalized(
    "y",
    [
      pixels,
      everyPixel("gamma", writer.ref(gamma)),
      everyPixel("beta", writer.ref(beta)),
      everyPixel("mean", mean),
      everyPixel("variance", variance),
    ],
    false,
  );
  return unfolded(writer, outputs[0] as Tensor, { node: y, fold });
}
