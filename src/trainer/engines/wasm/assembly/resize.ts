// AssemblyScript: enlarging and shrinking maps along prepared axes. An axis is a table with, for each extent of the
// large map, two source places and the share of the second: `[low: i32, high: i32, share: f32, 0]`. Ranges count images.
import { at, multiplyAdd, put } from "./vector";

// @ts-ignore: decorator
@inline
function place(
  map: usize,
  image: i32,
  height: i32,
  row: i32,
  width: i32,
  column: i32,
  channels: i32,
): usize {
  return map + (<usize>(image * height + row) * <usize>width + <usize>column) * <usize>channels * 4;
}

export function resize(
  x: usize,
  y: usize,
  rows: usize,
  columns: usize,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  from: i32,
  to: i32,
): void {
  for (let n = from; n < to; n++) {
    for (let oh = 0; oh < outHeight; oh++) {
      const row = rows + ((<usize>oh) << 4);
      const v = f32x4.splat(load<f32>(row, 8));
      for (let ow = 0; ow < outWidth; ow++) {
        const column = columns + ((<usize>ow) << 4);
        const u = f32x4.splat(load<f32>(column, 8));
        const topLeft = place(x, n, height, load<i32>(row), width, load<i32>(column), channels);
        const topRight = place(x, n, height, load<i32>(row), width, load<i32>(column, 4), channels);
        const bottomLeft = place(
          x,
          n,
          height,
          load<i32>(row, 4),
          width,
          load<i32>(column),
          channels,
        );
        const bottomRight = place(
          x,
          n,
          height,
          load<i32>(row, 4),
          width,
          load<i32>(column, 4),
          channels,
        );
        const target = place(y, n, outHeight, oh, outWidth, ow, channels);
        for (let c = 0; c < channels; c += 4) {
          const a = v128.load(at(topLeft, c));
          const b = v128.load(at(bottomLeft, c));
          const top = multiplyAdd(f32x4.sub(v128.load(at(topRight, c)), a), u, a);
          const bottom = multiplyAdd(f32x4.sub(v128.load(at(bottomRight, c)), b), u, b);
          put(at(target, c), multiplyAdd(f32x4.sub(bottom, top), v, top), channels - c);
        }
      }
    }
  }
}

/** Gives each value of the large map's gradient back to its sources. */
export function resizeGradient(
  dy: usize,
  dx: usize,
  rows: usize,
  columns: usize,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  from: i32,
  to: i32,
): void {
  const size = <usize>(height * width) * <usize>channels * 4;
  memory.fill(dx + <usize>from * size, 0, <usize>(to - from) * size);
  for (let n = from; n < to; n++) {
    for (let oh = 0; oh < outHeight; oh++) {
      const row = rows + ((<usize>oh) << 4);
      const v = load<f32>(row, 8);
      for (let ow = 0; ow < outWidth; ow++) {
        const column = columns + ((<usize>ow) << 4);
        const u = load<f32>(column, 8);
        const source = place(dy, n, outHeight, oh, outWidth, ow, channels);
        give(
          source,
          place(dx, n, height, load<i32>(row), width, load<i32>(column), channels),
          (1 - v) * (1 - u),
          channels,
        );
        give(
          source,
          place(dx, n, height, load<i32>(row), width, load<i32>(column, 4), channels),
          (1 - v) * u,
          channels,
        );
        give(
          source,
          place(dx, n, height, load<i32>(row, 4), width, load<i32>(column), channels),
          v * (1 - u),
          channels,
        );
        give(
          source,
          place(dx, n, height, load<i32>(row, 4), width, load<i32>(column, 4), channels),
          v * u,
          channels,
        );
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function give(source: usize, target: usize, share: f32, channels: i32): void {
  if (share == 0) return;
  const s = f32x4.splat(share);
  for (let c = 0; c < channels; c += 4) {
    put(
      at(target, c),
      multiplyAdd(v128.load(at(source, c)), s, v128.load(at(target, c))),
      channels - c,
    );
  }
}
