// AssemblyScript: windows over each channel. Ranges count images.
import { at, put } from "./vector";

export function maxPool(
  x: usize,
  y: usize,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  lines: i32,
  columns: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  from: i32,
  to: i32,
): void {
  let target = y + <usize>(from * outHeight) * <usize>(outWidth * channels) * 4;
  for (let n = from; n < to; n++) {
    for (let oh = 0; oh < outHeight; oh++) {
      const h0 = max(0, oh * strideY - top),
        h1 = min(height, oh * strideY - top + lines);
      for (let ow = 0; ow < outWidth; ow++) {
        const w0 = max(0, ow * strideX - left),
          w1 = min(width, ow * strideX - left + columns);
        for (let c = 0; c < channels; c += 4) {
          let best = f32x4.splat(-Infinity);
          for (let h = h0; h < h1; h++) {
            let p = at(
              x + (<usize>(n * height + h) * <usize>width + <usize>w0) * <usize>channels * 4,
              c,
            );
            for (let w = w0; w < w1; w++, p += (<usize>channels) << 2)
              best = f32x4.max(best, v128.load(p));
          }
          put(at(target, c), best, channels - c);
        }
        target += (<usize>channels) << 2;
      }
    }
  }
}

/** The first place of the window that holds the largest value takes the gradient, as in TensorFlow. */
export function maxPoolGradient(
  x: usize,
  y: usize,
  dy: usize,
  dx: usize,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  lines: i32,
  columns: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  from: i32,
  to: i32,
): void {
  const size = <usize>(height * width) * <usize>channels * 4;
  memory.fill(dx + <usize>from * size, 0, <usize>(to - from) * size);
  let place = <usize>(from * outHeight) * <usize>(outWidth * channels) * 4;
  for (let n = from; n < to; n++) {
    for (let oh = 0; oh < outHeight; oh++) {
      const h0 = max(0, oh * strideY - top),
        h1 = min(height, oh * strideY - top + lines);
      for (let ow = 0; ow < outWidth; ow++) {
        const w0 = max(0, ow * strideX - left),
          w1 = min(width, ow * strideX - left + columns);
        for (let c = 0; c < channels; c += 4) {
          const best = v128.load(at(y + place, c));
          const slope = v128.load(at(dy + place, c));
          let open = i32x4.splat(-1);
          for (let h = h0; h < h1; h++) {
            let offset =
              ((<usize>(n * height + h) * <usize>width + <usize>w0) * <usize>channels + <usize>c) *
              4;
            for (let w = w0; w < w1; w++, offset += (<usize>channels) << 2) {
              const isBest = v128.and(f32x4.eq(v128.load(x + offset), best), open);
              open = v128.andnot(open, isBest);
              put(
                dx + offset,
                f32x4.add(v128.load(dx + offset), v128.and(slope, isBest)),
                channels - c,
              );
            }
          }
        }
        place += (<usize>channels) << 2;
      }
    }
  }
}

/** Divides by the number of real pixels in the window. */
export function averagePool(
  x: usize,
  y: usize,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  lines: i32,
  columns: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  from: i32,
  to: i32,
): void {
  let target = y + <usize>(from * outHeight) * <usize>(outWidth * channels) * 4;
  for (let n = from; n < to; n++) {
    for (let oh = 0; oh < outHeight; oh++) {
      const h0 = max(0, oh * strideY - top),
        h1 = min(height, oh * strideY - top + lines);
      for (let ow = 0; ow < outWidth; ow++) {
        const w0 = max(0, ow * strideX - left),
          w1 = min(width, ow * strideX - left + columns);
        const share = f32x4.splat(<f32>1 / <f32>((h1 - h0) * (w1 - w0)));
        for (let c = 0; c < channels; c += 4) {
          let sum = f32x4.splat(0);
          for (let h = h0; h < h1; h++) {
            let p = at(
              x + (<usize>(n * height + h) * <usize>width + <usize>w0) * <usize>channels * 4,
              c,
            );
            for (let w = w0; w < w1; w++, p += (<usize>channels) << 2)
              sum = f32x4.add(sum, v128.load(p));
          }
          put(at(target, c), f32x4.mul(sum, share), channels - c);
        }
        target += (<usize>channels) << 2;
      }
    }
  }
}

export function averagePoolGradient(
  dy: usize,
  dx: usize,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  lines: i32,
  columns: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  from: i32,
  to: i32,
): void {
  const size = <usize>(height * width) * <usize>channels * 4;
  memory.fill(dx + <usize>from * size, 0, <usize>(to - from) * size);
  let source = dy + <usize>(from * outHeight) * <usize>(outWidth * channels) * 4;
  for (let n = from; n < to; n++) {
    for (let oh = 0; oh < outHeight; oh++) {
      const h0 = max(0, oh * strideY - top),
        h1 = min(height, oh * strideY - top + lines);
      for (let ow = 0; ow < outWidth; ow++) {
        const w0 = max(0, ow * strideX - left),
          w1 = min(width, ow * strideX - left + columns);
        const share = f32x4.splat(<f32>1 / <f32>((h1 - h0) * (w1 - w0)));
        for (let c = 0; c < channels; c += 4) {
          const slope = f32x4.mul(v128.load(at(source, c)), share);
          for (let h = h0; h < h1; h++) {
            let q = at(
              dx + (<usize>(n * height + h) * <usize>width + <usize>w0) * <usize>channels * 4,
              c,
            );
            for (let w = w0; w < w1; w++, q += (<usize>channels) << 2) {
              put(q, f32x4.add(v128.load(q), slope), channels - c);
            }
          }
        }
        source += (<usize>channels) << 2;
      }
    }
  }
}
