import { nth } from "../../nth.ts";
import { type Kernel, spread, vectors } from "./kernel.ts";

export const randomUniform: Kernel<"StatelessRandomUniform"> = ({
  outputs,
  attributes,
  parts,
}) => ({
  steps: ({ inputs: [step = 0], outputs: [to = 0] }) => [
    spread("randomUniform", [to, attributes.seed, step], vectors(nth(outputs, 0).count), 4, parts),
  ],
});
