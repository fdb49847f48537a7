// AssemblyScript: matrix products and what convolutions are made of. Everything comes down to two small loops that keep
// 4 × 8 sums in registers. Matrices on the right lie in panels of eight columns, `[columns / 8][rows][8]`, filled up with
// zeros, so that the loops read them from front to back.
import { at, multiplyAdd, put } from "./vector";

/** Rows of the left matrix that pass under all panels before the next rows do. */
const BLOCK = 96;

/** Lays `w[row · rowStride + column · columnStride]` into panels; strides in values, the pitch between panels in bytes. */
export function pack(
  w: usize,
  panels: usize,
  rows: i32,
  columns: i32,
  rowStride: i32,
  columnStride: i32,
  pitch: i32,
): void {
  for (let o = 0; o < columns; o += 8) {
    let q = panels + <usize>(o >> 3) * <usize>pitch;
    const width = min(8, columns - o);
    if (columnStride == 1 && width == 8) {
      let p = at(w, o);
      const step = (<usize>rowStride) << 2;
      for (let k = 0; k < rows; k++, q += 32, p += step) {
        v128.store(q, v128.load(p));
        v128.store(q, v128.load(p, 16), 16);
      }
      continue;
    }
    for (let k = 0; k < rows; k++, q += 32) {
      let p = w + (<usize>k * <usize>rowStride + <usize>o * <usize>columnStride) * 4;
      for (let j = 0; j < 8; j++, p += (<usize>columnStride) << 2) {
        store<f32>(q + ((<usize>j) << 2), j < width ? load<f32>(p) : 0);
      }
    }
  }
}

/** `y = a · b` for rows of `a` in a range; b lies in panels. */
export function multiplyMatrices(
  a: usize,
  panels: usize,
  y: usize,
  inner: i32,
  columns: i32,
  from: i32,
  to: i32,
): void {
  const pitch = (<usize>inner) << 2;
  const panel = (<usize>inner) << 5;
  const step = (<usize>columns) << 2;
  for (let start = from; start < to; start += BLOCK) {
    const stop = min(to, start + BLOCK);
    for (let o = 0; o < columns; o += 8) {
      const b = panels + <usize>(o >> 3) * panel;
      let row = start;
      for (; row + 4 <= stop; row += 4) {
        const p = a + <usize>row * pitch;
        fourRows(
          p,
          p + pitch,
          p + 2 * pitch,
          p + 3 * pitch,
          b,
          1,
          inner,
          0,
          y + <usize>row * step + ((<usize>o) << 2),
          step,
          columns - o,
        );
      }
      for (; row < stop; row++) {
        oneRow(
          a + <usize>row * pitch,
          b,
          1,
          inner,
          0,
          y + <usize>row * step + ((<usize>o) << 2),
          columns - o,
        );
      }
    }
  }
}

/**
 * Four rows under one panel. Each row is read in `groups` stretches of `count` values that are `skip` bytes apart, as the
 * lines of a window are in a feature map.
 */
// @ts-ignore: decorator
@inline
function fourRows(
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  panel: usize,
  groups: i32,
  count: i32,
  skip: usize,
  y: usize,
  step: usize,
  columns: i32,
): void {
  let x0 = row0,
    x1 = row1,
    x2 = row2,
    x3 = row3;
  let a0 = f32x4.splat(0),
    a1 = a0,
    b0 = a0,
    b1 = a0,
    c0 = a0,
    c1 = a0,
    d0 = a0,
    d1 = a0;
  let w = panel;
  for (let group = 0; group < groups; group++) {
    const end = w + ((<usize>count) << 5);
    while (w < end) {
      const w0 = v128.load(w);
      const w1 = v128.load(w, 16);
      w += 32;
      const s0 = v128.load32_splat(x0);
      x0 += 4;
      a0 = multiplyAdd(s0, w0, a0);
      a1 = multiplyAdd(s0, w1, a1);
      const s1 = v128.load32_splat(x1);
      x1 += 4;
      b0 = multiplyAdd(s1, w0, b0);
      b1 = multiplyAdd(s1, w1, b1);
      const s2 = v128.load32_splat(x2);
      x2 += 4;
      c0 = multiplyAdd(s2, w0, c0);
      c1 = multiplyAdd(s2, w1, c1);
      const s3 = v128.load32_splat(x3);
      x3 += 4;
      d0 = multiplyAdd(s3, w0, d0);
      d1 = multiplyAdd(s3, w1, d1);
    }
    x0 += skip;
    x1 += skip;
    x2 += skip;
    x3 += skip;
  }
  putEight(y, a0, a1, columns);
  putEight(y + step, b0, b1, columns);
  putEight(y + 2 * step, c0, c1, columns);
  putEight(y + 3 * step, d0, d1, columns);
}

// @ts-ignore: decorator
@inline
function oneRow(
  row: usize,
  panel: usize,
  groups: i32,
  count: i32,
  skip: usize,
  y: usize,
  columns: i32,
): void {
  let x = row;
  let a0 = f32x4.splat(0),
    a1 = a0;
  let w = panel;
  for (let group = 0; group < groups; group++) {
    const end = w + ((<usize>count) << 5);
    for (; w < end; w += 32, x += 4) {
      const s = v128.load32_splat(x);
      a0 = multiplyAdd(s, v128.load(w), a0);
      a1 = multiplyAdd(s, v128.load(w, 16), a1);
    }
    x += skip;
  }
  putEight(y, a0, a1, columns);
}

// @ts-ignore: decorator
@inline
function putEight(y: usize, a: v128, b: v128, columns: i32): void {
  if (columns >= 8) {
    v128.store(y, a);
    v128.store(y, b, 16);
  } else {
    put(y, a, columns);
    put(y + 16, b, columns - 4);
  }
}

/** Copies an image into the middle of a frame whose border is zero already; widths are in values. */
function frameImage(
  x: usize,
  frame: usize,
  height: i32,
  width: i32,
  top: i32,
  left: i32,
  frameHeight: i32,
  frameWidth: i32,
): void {
  const rows = min(height, frameHeight - top);
  const bytes = (<usize>min(width, frameWidth - left)) << 2;
  let q = frame + (<usize>top * <usize>frameWidth + <usize>left) * 4;
  let p = x;
  for (let row = 0; row < rows; row++) {
    memory.copy(q, p, bytes);
    p += (<usize>width) << 2;
    q += (<usize>frameWidth) << 2;
  }
}

/**
 * `y[n, position, o] = Σ x[window at position] · w[window, o]` for images in a range.
 * `table` has for each position where its window begins, in bytes; a window is `lines` stretches of `line` values.
 * Where `frame` is not 0, images are laid into it to be padded; widths are in values.
 */
export function convolve(
  x: usize,
  y: usize,
  table: usize,
  panels: usize,
  frame: usize,
  height: i32,
  width: i32,
  top: i32,
  left: i32,
  frameHeight: i32,
  frameWidth: i32,
  positions: i32,
  lines: i32,
  line: i32,
  outputs: i32,
  from: i32,
  to: i32,
): void {
  const panel = <usize>lines * ((<usize>line) << 5);
  const skip = (<usize>((frame == 0 ? width : frameWidth) - line)) << 2;
  const step = (<usize>outputs) << 2;
  if (frame != 0) memory.fill(frame, 0, <usize>frameHeight * <usize>frameWidth * 4);
  for (let n = from; n < to; n++) {
    let image = x + <usize>n * <usize>height * <usize>width * 4;
    if (frame != 0) {
      frameImage(image, frame, height, width, top, left, frameHeight, frameWidth);
      image = frame;
    }
    const target = y + <usize>n * <usize>positions * step;
    for (let o = 0; o < outputs; o += 8) {
      const w = panels + <usize>(o >> 3) * panel;
      const rest = outputs - o;
      let q = target + ((<usize>o) << 2);
      let t = table;
      let p = 0;
      for (; p + 4 <= positions; p += 4, t += 16, q += 4 * step) {
        fourRows(
          image + load<u32>(t),
          image + load<u32>(t, 4),
          image + load<u32>(t, 8),
          image + load<u32>(t, 12),
          w,
          lines,
          line,
          skip,
          q,
          step,
          rest,
        );
      }
      for (; p < positions; p++, t += 4, q += step) {
        oneRow(image + load<u32>(t), w, lines, line, skip, q, rest);
      }
    }
  }
}

/**
 * Adds up `Σ x[window at position, tap] · dy[position, o]` over images in a range, for taps in a range of groups of four;
 * `taps` has for each tap its distance from the beginning of the window in bytes. `sums` lies in blocks of 4 × 8,
 * `[taps / 4][outputs / 8][4][8]`, and is set to zero first. `packed` is room for one image of dy in panels.
 */
export function accumulateFilter(
  x: usize,
  dy: usize,
  table: usize,
  taps: usize,
  sums: usize,
  frame: usize,
  packed: usize,
  height: i32,
  width: i32,
  top: i32,
  left: i32,
  frameHeight: i32,
  frameWidth: i32,
  positions: i32,
  outputs: i32,
  from: i32,
  to: i32,
  groupFrom: i32,
  groupTo: i32,
): void {
  const panels = (outputs + 7) >> 3;
  const panel = (<usize>positions) << 5;
  if (frame != 0) memory.fill(frame, 0, <usize>frameHeight * <usize>frameWidth * 4);
  memory.fill(
    sums + <usize>(groupFrom * panels) * 128,
    0,
    <usize>((groupTo - groupFrom) * panels) * 128,
  );
  for (let n = from; n < to; n++) {
    let image = x + <usize>n * <usize>height * <usize>width * 4;
    if (frame != 0) {
      frameImage(image, frame, height, width, top, left, frameHeight, frameWidth);
      image = frame;
    }
    pack(
      dy + <usize>n * <usize>positions * <usize>outputs * 4,
      packed,
      positions,
      outputs,
      outputs,
      1,
      positions << 5,
    );
    for (let group = groupFrom; group < groupTo; group++) {
      const tap = taps + ((<usize>group) << 4);
      const x0 = image + load<u32>(tap);
      const x1 = image + load<u32>(tap, 4);
      const x2 = image + load<u32>(tap, 8);
      const x3 = image + load<u32>(tap, 12);
      let sum = sums + <usize>(group * panels) * 128;
      for (let o = 0; o < panels; o++, sum += 128) {
        fourTaps(x0, x1, x2, x3, table, packed + <usize>o * panel, positions, sum);
      }
    }
  }
}

/** Adds the products of four taps with one panel, over all positions, to a block of 4 × 8 sums. */
// @ts-ignore: decorator
@inline
function fourTaps(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  table: usize,
  panel: usize,
  positions: i32,
  sum: usize,
): void {
  let a0 = v128.load(sum),
    a1 = v128.load(sum, 16),
    b0 = v128.load(sum, 32),
    b1 = v128.load(sum, 48);
  let c0 = v128.load(sum, 64),
    c1 = v128.load(sum, 80),
    d0 = v128.load(sum, 96),
    d1 = v128.load(sum, 112);
  let t = table;
  let y = panel;
  const end = table + ((<usize>positions) << 2);
  while (t < end) {
    const place = <usize>load<u32>(t);
    t += 4;
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    y += 32;
    const s0 = v128.load32_splat(x0 + place);
    a0 = multiplyAdd(s0, y0, a0);
    a1 = multiplyAdd(s0, y1, a1);
    const s1 = v128.load32_splat(x1 + place);
    b0 = multiplyAdd(s1, y0, b0);
    b1 = multiplyAdd(s1, y1, b1);
    const s2 = v128.load32_splat(x2 + place);
    c0 = multiplyAdd(s2, y0, c0);
    c1 = multiplyAdd(s2, y1, c1);
    const s3 = v128.load32_splat(x3 + place);
    d0 = multiplyAdd(s3, y0, d0);
    d1 = multiplyAdd(s3, y1, d1);
  }
  v128.store(sum, a0);
  v128.store(sum, a1, 16);
  v128.store(sum, b0, 32);
  v128.store(sum, b1, 48);
  v128.store(sum, c0, 64);
  v128.store(sum, c1, 80);
  v128.store(sum, d0, 96);
  v128.store(sum, d1, 112);
}

/** Adds parts of filter gradients, in their order, and lays them out as `[taps, outputs]`; a range of groups of taps. */
export function foldFilter(
  sums: usize,
  partBytes: i32,
  parts: i32,
  dw: usize,
  taps: i32,
  outputs: i32,
  from: i32,
  to: i32,
): void {
  const panels = (outputs + 7) >> 3;
  for (let group = from; group < to; group++) {
    for (let o = 0; o < panels; o++) {
      const block = sums + <usize>(group * panels + o) * 128;
      for (let k = 0; k < 4 && 4 * group + k < taps; k++) {
        let p = block + ((<usize>k) << 5);
        let a = v128.load(p),
          b = v128.load(p, 16);
        for (let part = 1; part < parts; part++) {
          p += <usize>partBytes;
          a = f32x4.add(a, v128.load(p));
          b = f32x4.add(b, v128.load(p, 16));
        }
        putEight(at(dw, (4 * group + k) * outputs + 8 * o), a, b, outputs - 8 * o);
      }
    }
  }
}

/**
 * Gradient of the input of a convolution, for images in a range: `dy · wᵀ` (w in panels of `[outputs][taps]`) gives each
 * window its share in `shares`, `[positions, lines · line]`, and overlapping shares are added up in `frame`.
 */
export function scatterInput(
  dy: usize,
  dx: usize,
  table: usize,
  panels: usize,
  frame: usize,
  shares: usize,
  height: i32,
  width: i32,
  top: i32,
  left: i32,
  frameHeight: i32,
  frameWidth: i32,
  positions: i32,
  lines: i32,
  line: i32,
  outputs: i32,
  from: i32,
  to: i32,
): void {
  const pitch = (<usize>frameWidth) << 2;
  const rows = min(height, frameHeight - top);
  const bytes = (<usize>min(width, frameWidth - left)) << 2;
  for (let n = from; n < to; n++) {
    multiplyMatrices(
      dy + <usize>n * <usize>positions * <usize>outputs * 4,
      panels,
      shares,
      outputs,
      lines * line,
      0,
      positions,
    );
    memory.fill(frame, 0, <usize>frameHeight * pitch);
    let share = shares;
    for (let p = 0; p < positions; p++) {
      let q = frame + load<u32>(at(table, p));
      for (let l = 0; l < lines; l++, q += pitch, share += (<usize>line) << 2)
        addRow(share, q, line);
    }
    const image = dx + <usize>n * <usize>height * <usize>width * 4;
    memory.fill(image, 0, <usize>height * <usize>width * 4);
    let p = frame + (<usize>top * <usize>frameWidth + <usize>left) * 4;
    for (let row = 0; row < rows; row++, p += pitch) {
      memory.copy(image + <usize>row * <usize>width * 4, p, bytes);
    }
  }
}

// @ts-ignore: decorator
@inline
function addRow(x: usize, y: usize, count: i32): void {
  let c = 0;
  for (; c + 4 <= count; c += 4)
    v128.store(at(y, c), f32x4.add(v128.load(at(y, c)), v128.load(at(x, c))));
  if (c < count) put(at(y, c), f32x4.add(v128.load(at(y, c)), v128.load(at(x, c))), count - c);
}
