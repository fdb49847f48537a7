import { sizeOf } from "../../../core/layers/shape.ts";
import { resize } from "../functions/resize.ts";
import { pad, padAxes, reshape as reshaped, slice, transpose } from "../functions/reshape.ts";
import { type LayerRule, onlyInput } from "../rule.ts";

export const flatten: LayerRule<"flatten"> = ({ tape }, _layer, inputs) => {
  const x = onlyInput(inputs);
  return reshaped(tape, x, [-1, sizeOf(x.shape.slice(1))]);
};

export const zeroPadding2d: LayerRule<"zeroPadding2d"> = ({ tape }, { options }, inputs) =>
  typeof options.padding === "string"
    ? onlyInput(inputs)
    : pad(tape, onlyInput(inputs), options.padding);

export const channelPadding: LayerRule<"channelPadding"> = ({ tape }, { options }, inputs) =>
  padAxes(tape, onlyInput(inputs), [
    [0, 0],
    [0, 0],
    [0, 0],
    [options.before, options.after],
  ]);

export const reshape: LayerRule<"reshape"> = ({ tape }, { options }, inputs) =>
  reshaped(tape, onlyInput(inputs), [-1, ...options.targetShape]);

export const cropping2d: LayerRule<"cropping2d"> = ({ tape }, { options }, inputs) => {
  const x = onlyInput(inputs);
  const { cropping } = options;
  if (typeof cropping === "string") {
    return x;
  }
  const { top, bottom, left, right } = cropping;
  const [batch = -1, height = 0, width = 0, channels = 0] = x.shape;
  const shape = [batch, height - top - bottom, width - left - right, channels];
  return slice(tape, x, [0, top, left, 0], shape);
};

export const upSampling2d: LayerRule<"upSampling2d"> = ({ tape }, { options }, inputs) => {
  const x = onlyInput(inputs);
  const [, height = 0, width = 0] = x.shape;
  const { size, interpolation } = options;
  return resize(tape, x, [height * size[0], width * size[1]], interpolation);
};

/** Channel `g · n + i` goes to `i · groups + g`. */
export const channelShuffle: LayerRule<"channelShuffle"> = ({ tape }, { options }, inputs) => {
  const x = onlyInput(inputs);
  const { groups } = options;
  const [, height = 0, width = 0, channels = 0] = x.shape;
  const dealt = reshaped(tape, x, [-1, height, width, groups, channels / groups]);
  const mixed = transpose(tape, dealt, [0, 1, 2, 4, 3]);
  return reshaped(tape, mixed, [-1, height, width, channels]);
};
