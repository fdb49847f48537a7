import type { FunctionName } from "../kernelModule.ts";
import { nth } from "../../nth.ts";
import { type Procedure, type Kernel, type Table, spread } from "./kernel.ts";

type Interpolation = "nearest" | "bilinear";

/** For each extent of the resized axis two source places and the share of the second, with half-pixel centres. */
function axisTable(source: number, target: number, interpolation: Interpolation): Table {
  return {
    key: `${interpolation} ${source} ${target}`,
    make() {
      const table = new Int32Array(4 * target);
      const shares = new Float32Array(table.buffer);
      for (let place = 0; place < target; place += 1) {
        const scale = source / target;
        const centre = (place + 0.5) * scale;
        const exact = interpolation === "nearest" ? Math.floor(centre) : centre - 0.5;
        const low = Math.min(source - 1, Math.max(0, Math.floor(exact)));
        table[4 * place] = low;
        table[4 * place + 1] = Math.min(source - 1, Math.max(0, Math.ceil(exact)));
        shares[4 * place + 2] = interpolation === "nearest" ? 0 : exact - Math.floor(exact);
      }
      return table;
    },
  };
}

function procedure(
  run: FunctionName,
  [small, large]: readonly [readonly number[], readonly number[]],
  interpolation: Interpolation,
  parts: number,
): Procedure {
  const [batch = 0, height = 0, width = 0, channels = 0] = small;
  const [outHeight, outWidth] = [nth(large, 1), nth(large, 2)];
  return {
    tables: [
      axisTable(height, outHeight, interpolation),
      axisTable(width, outWidth, interpolation),
    ],
    steps: ({ inputs: [from = 0], outputs: [to = 0], tables }) => [
      spread(
        run,
        [from, to, ...tables, height, width, channels, outHeight, outWidth],
        batch,
        outHeight * outWidth * channels,
        parts,
      ),
    ],
  };
}

const forward =
  <K extends "ResizeNearestNeighbor" | "ResizeBilinear">(interpolation: Interpolation): Kernel<K> =>
  ({ inputs, outputs, parts }) =>
    procedure("resize", [nth(inputs, 0).shape, nth(outputs, 0).shape], interpolation, parts);

const backward =
  <K extends "ResizeNearestNeighborGrad" | "ResizeBilinearGrad">(
    interpolation: Interpolation,
  ): Kernel<K> =>
  ({ inputs, outputs, parts }) =>
    procedure(
      "resizeGradient",
      [nth(outputs, 0).shape, nth(inputs, 0).shape],
      interpolation,
      parts,
    );

export const resizeNearest = forward<"ResizeNearestNeighbor">("nearest");
export const resizeBilinear = forward<"ResizeBilinear">("bilinear");
export const resizeNearestGradient = backward<"ResizeNearestNeighborGrad">("nearest");
export const resizeBilinearGradient = backward<"ResizeBilinearGrad">("bilinear");
