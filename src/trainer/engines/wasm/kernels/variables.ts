import { nth } from "../../nth.ts";
import { type Kernel, type Step, spread, vectors } from "./kernel.ts";

const copyTo = (from: number, to: number, count: number): readonly Step[] => [
  [{ run: "copyBytes", with: [from, to, 4 * count] }],
];

/** Where a variable changes before its old value was used for the last time; otherwise the value is the variable. */
export const read: Kernel<"ReadVariableOp"> = ({ outputs }) => ({
  steps: ({ variables: [from = 0], outputs: [to = 0] }) => copyTo(from, to, nth(outputs, 0).count),
});

export const assign: Kernel<"AssignVariableOp"> = ({ inputs }) => ({
  steps: ({ inputs: [from = 0], variables: [to = 0] }) => copyTo(from, to, nth(inputs, 0).count),
});

export const assignSub: Kernel<"AssignSubVariableOp"> = ({ inputs }) => {
  const { count } = nth(inputs, 0);
  return {
    steps: ({ inputs: [x = 0], variables: [variable = 0] }) => [
      [
        {
          run: "subtract",
          with: [variable, x, variable, 1, 1, count, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1],
        },
      ],
    ],
  };
};

export const applyGradientDescent: Kernel<"ResourceApplyGradientDescent"> = ({
  inputs,
  parts,
}) => ({
  steps: ({ inputs: [rate = 0, gradient = 0], variables: [weight = 0] }) => [
    spread("descend", [weight, rate, gradient], vectors(nth(inputs, 1).count), 4, parts),
  ],
});

export const applyKerasMomentum: Kernel<"ResourceApplyKerasMomentum"> = ({
  inputs,
  attributes,
  parts,
}) => ({
  steps: ({ inputs: given, variables }) => [
    spread(
      "descendWithMomentum",
      [...variables, ...given, attributes.useNesterov ? 1 : 0],
      vectors(nth(inputs, 1).count),
      4,
      parts,
    ),
  ],
});

export const applyAdam: Kernel<"ResourceApplyAdam"> = ({ inputs, parts }) => ({
  steps: ({ inputs: given, variables }) => [
    spread("adapt", [...variables, ...given], vectors(nth(inputs, 6).count), 4, parts),
  ],
});
