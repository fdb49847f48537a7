import type { Pair } from "../../../core/layers/option.ts";
import type { Tensor } from "../operation.ts";
import type { Tape } from "../tape.ts";

/** Enlarges a map to `size`, `[height, width]`, with half-pixel centres as Keras does. */
export function resize(
  tape: Tape,
  x: Tensor,
  size: Pair,
  interpolation: "nearest" | "bilinear",
): Tensor {
  const { graph } = tape;
  const [batch = -1, height = 0, width = 0, channels = 0] = x.shape;
  const shape = [batch, ...size, channels];
  if (interpolation === "nearest") {
    return tape.record(graph.add("ResizeNearestNeighbor", [x], { size }, { shape }), [
      {
        of: x,
        gradient: (dy) =>
          graph.add(
            "ResizeNearestNeighborGrad",
            [dy],
            { size: [height, width] },
            { shape: x.shape },
          ),
      },
    ]);
  }
  return tape.record(graph.add("ResizeBilinear", [x], { size }, { shape }), [
    {
      of: x,
      gradient: (dy) => graph.add("ResizeBilinearGrad", [dy, x], {}, { shape: x.shape }),
    },
  ]);
}
