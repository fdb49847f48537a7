// AssemblyScript: convolutions of each channel by itself, `w[lines, columns, channels, multiplier]`.
import { at, multiplyAdd, put } from "./vector";

/** Images in a range. */
export function depthwise(
  x: usize,
  w: usize,
  y: usize,
  height: i32,
  width: i32,
  channels: i32,
  multiplier: i32,
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
  const outputs = channels * multiplier;
  for (let n = from; n < to; n++) {
    for (let oh = 0; oh < outHeight; oh++) {
      const h0 = oh * strideY - top;
      const kh0 = max(0, -h0),
        kh1 = min(lines, height - h0);
      for (let ow = 0; ow < outWidth; ow++) {
        const w0 = ow * strideX - left;
        const kw0 = max(0, -w0),
          kw1 = min(columns, width - w0);
        const target =
          y + (<usize>(n * outHeight + oh) * <usize>outWidth + <usize>ow) * <usize>outputs * 4;
        const corner =
          x +
          (<usize>(n * height + h0 + kh0) * <usize>width + <usize>(w0 + kw0)) * <usize>channels * 4;
        for (let c = 0; c < outputs; c += 4) {
          let sum = f32x4.splat(0);
          for (let kh = kh0; kh < kh1; kh++) {
            let p = corner + <usize>(kh - kh0) * <usize>(width * channels) * 4;
            let q = at(w, (kh * columns + kw0) * outputs + c);
            for (let kw = kw0; kw < kw1; kw++) {
              const v = multiplier == 1 ? v128.load(at(p, c)) : spread(p, c, multiplier);
              sum = multiplyAdd(v, v128.load(q), sum);
              p += (<usize>channels) << 2;
              q += (<usize>outputs) << 2;
            }
          }
          put(at(target, c), sum, outputs - c);
        }
      }
    }
  }
}

/** The inputs of four neighbouring outputs where a channel has several. */
function spread(x: usize, output: i32, multiplier: i32): v128 {
  let v = f32x4.splat(load<f32>(at(x, output / multiplier)));
  v = f32x4.replace_lane(v, 1, load<f32>(at(x, (output + 1) / multiplier)));
  v = f32x4.replace_lane(v, 2, load<f32>(at(x, (output + 2) / multiplier)));
  return f32x4.replace_lane(v, 3, load<f32>(at(x, (output + 3) / multiplier)));
}

/** Images in a range; dx is overwritten. */
export function depthwiseInput(
  dy: usize,
  w: usize,
  dx: usize,
  height: i32,
  width: i32,
  channels: i32,
  multiplier: i32,
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
  const outputs = channels * multiplier;
  memory.fill(
    dx + <usize>from * <usize>(height * width * channels) * 4,
    0,
    <usize>(to - from) * <usize>(height * width * channels) * 4,
  );
  for (let n = from; n < to; n++) {
    for (let oh = 0; oh < outHeight; oh++) {
      const h0 = oh * strideY - top;
      const kh1 = min(lines, height - h0);
      for (let kh = max(0, -h0); kh < kh1; kh++) {
        for (let ow = 0; ow < outWidth; ow++) {
          const w0 = ow * strideX - left;
          const kw1 = min(columns, width - w0);
          const source =
            dy + (<usize>(n * outHeight + oh) * <usize>outWidth + <usize>ow) * <usize>outputs * 4;
          for (let kw = max(0, -w0); kw < kw1; kw++) {
            const q =
              dx +
              (<usize>(n * height + h0 + kh) * <usize>width + <usize>(w0 + kw)) *
                <usize>channels *
                4;
            const k = at(w, (kh * columns + kw) * outputs);
            if (multiplier == 1) {
              for (let c = 0; c < channels; c += 4) {
                const sum = multiplyAdd(
                  v128.load(at(source, c)),
                  v128.load(at(k, c)),
                  v128.load(at(q, c)),
                );
                put(at(q, c), sum, channels - c);
              }
            } else {
              for (let c = 0; c < channels; c++) {
                let sum = load<f32>(at(q, c));
                for (let m = c * multiplier; m < (c + 1) * multiplier; m++) {
                  sum += load<f32>(at(source, m)) * load<f32>(at(k, m));
                }
                store<f32>(at(q, c), sum);
              }
            }
          }
        }
      }
    }
  }
}

/** Adds up the gradient of the filters over images in a range into `sums`, which is set to zero first. */
export function depthwiseFilter(
  x: usize,
  dy: usize,
  sums: usize,
  height: i32,
  width: i32,
  channels: i32,
  multiplier: i32,
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
  const outputs = channels * multiplier;
  memory.fill(sums, 0, <usize>(lines * columns * outputs) * 4);
  for (let n = from; n < to; n++) {
    for (let oh = 0; oh < outHeight; oh++) {
      const h0 = oh * strideY - top;
      const kh1 = min(lines, height - h0);
      for (let kh = max(0, -h0); kh < kh1; kh++) {
        for (let kw = 0; kw < columns; kw++) {
          // Positions whose tap lies inside the map.
          const offset = kw - left;
          const first = offset < 0 ? (-offset + strideX - 1) / strideX : 0;
          const last = min(
            outWidth,
            width - 1 - offset < 0 ? 0 : (width - 1 - offset) / strideX + 1,
          );
          const p0 =
            x +
            (<usize>(n * height + h0 + kh) * <usize>width + <usize>(first * strideX + offset)) *
              <usize>channels *
              4;
          const q0 =
            dy +
            (<usize>(n * outHeight + oh) * <usize>outWidth + <usize>first) * <usize>outputs * 4;
          const target = at(sums, (kh * columns + kw) * outputs);
          for (let c = 0; c < outputs; c += 4) {
            let sum = f32x4.splat(0);
            let p = p0,
              q = at(q0, c);
            for (let ow = first; ow < last; ow++) {
              const v = multiplier == 1 ? v128.load(at(p, c)) : spread(p, c, multiplier);
              sum = multiplyAdd(v, v128.load(q), sum);
              p += (<usize>(strideX * channels)) << 2;
              q += (<usize>outputs) << 2;
            }
            put(at(target, c), f32x4.add(v128.load(at(target, c)), sum), outputs - c);
          }
        }
      }
    }
  }
}
