// AssemblyScript: moving values without changing them.

/** Sets whole vectors of four. */
export function fill(y: usize, value: f32, from: i32, to: i32): void {
  const v = f32x4.splat(value);
  for (let i = from; i < to; i++) v128.store(y + ((<usize>i) << 4), v);
}

/** Copies bytes between regions that do not overlap. */
export function copyBytes(x: usize, y: usize, bytes: i32): void {
  memory.copy(y, x, <usize>bytes);
}

/** `y[i0, i1, i2, i3] = x[i0, i1, i2, i3]` for `i0` in a range, each with strides of its own, in values. */
export function copy(
  x: usize,
  y: usize,
  n1: i32,
  n2: i32,
  n3: i32,
  x0: i32,
  x1: i32,
  x2: i32,
  x3: i32,
  y0: i32,
  y1: i32,
  y2: i32,
  y3: i32,
  from: i32,
  to: i32,
): void {
  for (let i = from; i < to; i++) {
    for (let j = 0; j < n1; j++) {
      for (let k = 0; k < n2; k++) {
        let p = x + (<usize>i * <usize>x0 + <usize>j * <usize>x1 + <usize>k * <usize>x2) * 4;
        let q = y + (<usize>i * <usize>y0 + <usize>j * <usize>y1 + <usize>k * <usize>y2) * 4;
        if (x3 == 1 && y3 == 1) {
          const end = q + ((<usize>(n3 & ~3)) << 2);
          for (; q < end; q += 16, p += 16) v128.store(q, v128.load(p));
          for (let c = n3 & ~3; c < n3; c++, q += 4, p += 4) store<u32>(q, load<u32>(p));
        } else {
          const stepX = (<usize>x3) << 2;
          const stepY = (<usize>y3) << 2;
          for (let c = 0; c < n3; c++, q += stepY, p += stepX) store<u32>(q, load<u32>(p));
        }
      }
    }
  }
}
