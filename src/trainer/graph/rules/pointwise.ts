import { activate } from "../functions/activate.ts";
import { dropOut } from "../functions/dropOut.ts";
import { type LayerRule, onlyInput } from "../rule.ts";

export const activation: LayerRule<"activation"> = ({ tape }, { options }, inputs) =>
  activate(tape, options.activation, onlyInput(inputs));

export const dropout: LayerRule<"dropout"> = ({ tape, mode, step, seed }, { options }, inputs) =>
  mode === "training"
    ? dropOut(tape, onlyInput(inputs), options.rate, step, seed)
    : onlyInput(inputs);
