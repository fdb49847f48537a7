import { input, type Kernel, type Map4, type Tf, type Value } from "./kernel.ts";

export const resizeNearest: Kernel<"ResizeNearestNeighbor"> = ({ tf, inputs, attributes }) => {
  const [height, width] = attributes.size;
  return tf.image.resizeNearestNeighbor(input(inputs, 0) as Map4, [height, width], false, true);
};

/** A map becomes whole times as large, so a pixel gathers the gradients of a rectangle. */
export const resizeNearestGradient: Kernel<"ResizeNearestNeighborGrad"> = ({
  tf,
  inputs,
  attributes,
}) => {
  const dy = input(inputs, 0) as Map4;
  const [height, width] = attributes.size;
  const window: [number, number] = [dy.shape[1] / height, dy.shape[2] / width];
  if (!window.every(Number.isInteger)) {
    throw new Error("the gradient of enlarging by a broken factor");
  }
  return tf.mul(tf.avgPool(dy, window, window, "valid"), window[0] * window[1]);
};

export const resizeBilinear: Kernel<"ResizeBilinear"> = ({ tf, inputs, attributes }) => {
  const [height, width] = attributes.size;
  return alongWidth(
    tf,
    alongHeight(tf, input(inputs, 0) as Map4, (from) => shares(tf, from, height)),
    (from) => shares(tf, from, width),
  );
};

/** The transposed of what enlarging does. */
export const resizeBilinearGradient: Kernel<"ResizeBilinearGrad"> = ({ tf, inputs }) => {
  const dy = input(inputs, 0) as Map4;
  const [, height = 0, width = 0] = input(inputs, 1).shape;
  return alongWidth(
    tf,
    alongHeight(tf, dy, (to) => tf.transpose(shares(tf, height, to))),
    (to) => tf.transpose(shares(tf, width, to)),
  );
};

/** `[to, from]`: which share of each old pixel a new one gets, with half-pixel centres. */
function shares(tf: Tf, from: number, to: number): Value {
  const values = new Float32Array(to * from);
  for (let place = 0; place < to; place += 1) {
    const center = Math.max(((place + 0.5) * from) / to - 0.5, 0);
    const first = Math.min(Math.floor(center), from - 1);
    const second = Math.min(first + 1, from - 1);
    const weight = center - first;
    values[place * from + first] = (values[place * from + first] ?? 0) + 1 - weight;
    values[place * from + second] = (values[place * from + second] ?? 0) + weight;
  }
  return tf.tensor(values, [to, from]);
}

type Shares = (extent: number) => Value;

/** Multiplies every column of every map: `[batch, height, width · channels]` from the left. */
function alongHeight(tf: Tf, map: Map4, matrix: Shares): Map4 {
  const [batch, height, width, channels] = map.shape;
  const columns = tf.reshape(map, [batch, height, width * channels]);
  const rows = tf.tile(tf.expandDims(matrix(height), 0), [batch, 1, 1]);
  const product = tf.matMul(rows, columns);
  return tf.reshape(product, [batch, product.shape[1] ?? 0, width, channels]);
}

function alongWidth(tf: Tf, map: Map4, matrix: Shares): Map4 {
  const turned = tf.transpose(map, [0, 2, 1, 3]);
  return tf.transpose(alongHeight(tf, turned, matrix), [0, 2, 1, 3]);
}
