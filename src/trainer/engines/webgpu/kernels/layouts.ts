import type { Pair } from "../../../../core/layers/option.ts";
import type { PlainDataType } from "../../../graph/operation.ts";
import { input, type Kernel } from "./kernel.ts";

const lists = (pairs: readonly Pair[]): [number, number][] =>
  pairs.map(([before, after]) => [before, after]);

/** The backend's own kernels for padding and slicing go up to four axes. */
const mostAxes = 4;

export const reshape: Kernel<"Reshape"> = ({ tf, inputs, outputs: [output] }) =>
  tf.reshape(input(inputs, 0), [...(output?.shape ?? [])]);

export const broadcastTo: Kernel<"BroadcastTo"> = ({ tf, inputs, outputs: [output] }) =>
  tf.broadcastTo(input(inputs, 0), [...(output?.shape ?? [])]);

export const transpose: Kernel<"Transpose"> = ({ tf, inputs, attributes: { permutation } }) =>
  tf.transpose(input(inputs, 0), [...permutation]);

export const concatenate: Kernel<"ConcatV2"> = ({ tf, inputs, attributes: { axis } }) =>
  tf.concat([...inputs], axis);

export const slice: Kernel<"Slice"> = ({ tf, inputs, attributes: { begin, size } }) => {
  const x = input(inputs, 0);
  return x.rank <= mostAxes
    ? tf.slice(x, [...begin], [...size])
    : begin.reduce((value, first, axis) => {
        const all = value.shape[axis] ?? 0;
        const count = size[axis] === -1 ? all - first : (size[axis] ?? 0);
        const indices = tf.tensor1d(range(first, first + count, 1), "int32");
        return count === all ? value : tf.gather(value, indices, axis);
      }, x);
};

export const stridedSlice: Kernel<"StridedSlice"> = ({ tf, inputs, attributes }) => {
  const { begin, end, strides, wholeAxes } = attributes;
  const mask = wholeAxes.reduce((bits, axis) => bits | (1 << axis), 0);
  return tf.stridedSlice(input(inputs, 0), [...begin], [...end], [...strides], mask, mask);
};

const range = (begin: number, end: number, step: number): number[] =>
  Array.from({ length: Math.ceil((end - begin) / step) }, (_, place) => begin + place * step);

export const pad: Kernel<"PadV2"> = ({ tf, inputs, attributes: { paddings, value } }) => {
  const x = input(inputs, 0);
  if (x.rank <= mostAxes) {
    return tf.pad(x, lists(paddings), value);
  }
  return paddings.reduce((padded, [before, after], axis) => {
    const filled = (extent: number) => {
      const shape = padded.shape.map((one, place) => (place === axis ? extent : one));
      return extent === 0 ? [] : [tf.fill(shape, value)];
    };
    const parts = [...filled(before), padded, ...filled(after)];
    return parts.length === 1 ? padded : tf.concat(parts, axis);
  }, x);
};

export const spaceToBatch: Kernel<"SpaceToBatchND"> = ({ tf, inputs, attributes }) =>
  tf.spaceToBatchND(input(inputs, 0), [...attributes.blockShape], lists(attributes.paddings));

export const batchToSpace: Kernel<"BatchToSpaceND"> = ({ tf, inputs, attributes }) =>
  tf.batchToSpaceND(input(inputs, 0), [...attributes.blockShape], lists(attributes.crops));

export const cast: Kernel<"Cast"> = ({ tf, inputs, attributes: { to } }) =>
  tf.cast(input(inputs, 0), to as PlainDataType);
