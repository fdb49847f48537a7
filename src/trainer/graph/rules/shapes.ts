import { sizeOf } from "../../../core/layers/shape.ts";
import { pad, padAxes, reshape } from "../functions/reshape.ts";
import { type LayerRule, onlyInput } from "../rule.ts";

export const flatten: LayerRule<"flatten"> = ({ tape }, _layer, inputs) => {
  const x = onlyInput(inputs);
  return reshape(tape, x, [-1, sizeOf(x.shape.slice(1))]);
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
