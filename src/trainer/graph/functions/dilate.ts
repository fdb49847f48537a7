import type { Pair } from "../../../core/layers/option.ts";
import type { Tensor } from "../operation.ts";
import type { Tape } from "../tape.ts";
import { padAxes, reshape, slice } from "./reshape.ts";

/** A kernel with `rate - 1` zeros between its taps. */
export function dilateKernel(tape: Tape, kernel: Tensor, rate: Pair): Tensor {
  const [height = 0, width = 0, inputs = 0, outputs = 0] = kernel.shape;
  const single = reshape(tape, kernel, [height, 1, width, 1, inputs * outputs]);
  const spread = padAxes(tape, single, [
    [0, 0],
    [0, rate[0] - 1],
    [0, 0],
    [0, rate[1] - 1],
    [0, 0],
  ]);
  const full = reshape(tape, spread, [height * rate[0], width * rate[1], inputs, outputs]);
  const shape = [(height - 1) * rate[0] + 1, (width - 1) * rate[1] + 1, inputs, outputs];
  return slice(tape, full, [0, 0, 0, 0], shape);
}

/**
 * A stride-1 window over dilated taps as a plain window over the phases of the map: the images made of every
 * `rate`-th row and column are laid into the batch, and back again afterwards (Yu and Koltun 2016; TensorFlow's
 * `with_space_to_batch`).
 */
export function overPhases(
  tape: Tape,
  x: Tensor,
  rate: Pair,
  apply: (phases: Tensor) => Tensor,
): Tensor {
  const [, height = 0, width = 0] = x.shape;
  const missing: Pair = [missingTo(height, rate[0]), missingTo(width, rate[1])];
  const none: Pair = [0, 0];
  const edges: readonly Pair[] = [
    [0, missing[0]],
    [0, missing[1]],
  ];
  const phases = spaceToBatch(tape, x, rate, missing[0] + missing[1] > 0 ? edges : [none, none]);
  return batchToSpace(tape, apply(phases), rate, edges);
}

const missingTo = (extent: number, multiple: number): number =>
  (multiple - (extent % multiple)) % multiple;

function spaceToBatch(tape: Tape, x: Tensor, blockShape: Pair, paddings: readonly Pair[]): Tensor {
  const { graph } = tape;
  const [, height = 0, width = 0, channels = 0] = x.shape;
  const shape = [
    -1,
    (height + added(paddings[0])) / blockShape[0],
    (width + added(paddings[1])) / blockShape[1],
    channels,
  ];
  return tape.record(graph.add("SpaceToBatchND", [x], { blockShape, paddings }, { shape }), [
    {
      of: x,
      gradient: (dy) => graph.add("BatchToSpaceND", [dy], { blockShape, crops: paddings }, x),
    },
  ]);
}

function batchToSpace(tape: Tape, x: Tensor, blockShape: Pair, crops: readonly Pair[]): Tensor {
  const { graph } = tape;
  const [, height = 0, width = 0, channels = 0] = x.shape;
  const shape = [
    -1,
    height * blockShape[0] - added(crops[0]),
    width * blockShape[1] - added(crops[1]),
    channels,
  ];
  return tape.record(graph.add("BatchToSpaceND", [x], { blockShape, crops }, { shape }), [
    {
      of: x,
      gradient: (dy) => graph.add("SpaceToBatchND", [dy], { blockShape, paddings: crops }, x),
    },
  ]);
}

const added = (pair: Pair = [0, 0]): number => pair[0] + pair[1];
