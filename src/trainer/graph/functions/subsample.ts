import type { Pair } from "../../../core/layers/option.ts";
import type { Tensor } from "../operation.ts";
import type { Tape } from "../tape.ts";

/** Every `strides`-th row and column, beginning with the first. */
export function subsample(tape: Tape, x: Tensor, strides: Pair): Tensor {
  const { graph } = tape;
  const [batch = -1, height = 0, width = 0, channels = 0] = x.shape;
  const rows = Math.ceil(height / strides[0]);
  const columns = Math.ceil(width / strides[1]);
  const y = graph.add(
    "StridedSlice",
    [x],
    {
      begin: [0, 0, 0, 0],
      end: [0, height, width, 0],
      strides: [1, strides[0], strides[1], 1],
      wholeAxes: [0, 3],
    },
    { shape: [batch, rows, columns, channels] },
  );
  // Back: each value with its gap of zeros, by padding an axis of length 1, then without the last gap.
  const gradient = (dy: Tensor): Tensor => {
    const single = graph.reshape(dy, [-1, rows, 1, columns, 1, channels]);
    const spread = graph.add(
      "PadV2",
      [single],
      {
        paddings: [
          [0, 0],
          [0, 0],
          [0, strides[0] - 1],
          [0, 0],
          [0, strides[1] - 1],
          [0, 0],
        ],
        value: 0,
      },
      { shape: [batch, rows, strides[0], columns, strides[1], channels] },
    );
    const full = graph.reshape(spread, [-1, rows * strides[0], columns * strides[1], channels]);
    return graph.add("Slice", [full], { begin: [0, 0, 0, 0], size: x.shape }, { shape: x.shape });
  };
  return tape.record(y, [{ of: x, gradient }]);
}
