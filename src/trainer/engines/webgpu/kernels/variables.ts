import { nth } from "../../nth.ts";
import type { Kernel, Place } from "./kernel.ts";
import { eachValue, float } from "./wgsl.ts";

const copy = (from: Place, to: Place) => [
  eachValue({ reads: { input: from }, writes: { output: to }, each: "output[i] = input[i];" }),
];

/** Only where a variable changes before its old value was used for the last time; otherwise the value is the variable. */
export const read: Kernel<"ReadVariableOp"> = ({ variables, outputs }) =>
  copy(nth(variables, 0), nth(outputs, 0));

export const assign: Kernel<"AssignVariableOp"> = ({ inputs, variables }) =>
  copy(nth(inputs, 0), nth(variables, 0));

export const assignSub: Kernel<"AssignSubVariableOp"> = ({ inputs, variables }) => [
  eachValue({
    reads: { change: nth(inputs, 0) },
    writes: { variable: nth(variables, 0) },
    each: "variable[i] -= change[i];",
  }),
];

export const applyGradientDescent: Kernel<"ResourceApplyGradientDescent"> = ({
  inputs: [rate, gradient],
  variables,
}) => [
  eachValue({
    reads: { ...given({ rate }), gradient: gradient as Place },
    writes: { weight: nth(variables, 0) },
    each: `weight[i] -= ${number("rate", rate)} * gradient[i];`,
  }),
];

export const applyKerasMomentum: Kernel<"ResourceApplyKerasMomentum"> = ({
  inputs: [rate, gradient, momentum],
  variables: [weight, velocity],
  attributes: { useNesterov },
}) => [
  eachValue({
    reads: { ...given({ rate, momentum }), gradient: gradient as Place },
    writes: { weight: weight as Place, velocity: velocity as Place },
    each: `let momentumNow = ${number("momentum", momentum)};
  let change = ${number("rate", rate)} * gradient[i];
  let moved = velocity[i] * momentumNow - change;
  velocity[i] = moved;
  weight[i] += ${useNesterov ? "moved * momentumNow - change" : "moved"};`,
  }),
];

/** Kingma and Ba 2015, section 2, with the corrections for bias in the rate. */
export const applyAdam: Kernel<"ResourceApplyAdam"> = ({
  inputs: [power1, power2, rate, beta1, beta2, epsilon, gradient],
  variables: [weight, mean, variance],
}) => [
  eachValue({
    reads: {
      ...given({ power1, power2, rate, beta1, beta2, epsilon }),
      gradient: gradient as Place,
    },
    writes: { weight: weight as Place, mean: mean as Place, variance: variance as Place },
    each: `let g = gradient[i];
  let corrected = ${number("rate", rate)} * sqrt(1 - ${number("power2", power2)}) / (1 - ${number("power1", power1)});
  let m = mean[i] + (g - mean[i]) * (1 - ${number("beta1", beta1)});
  let v = variance[i] + (g * g - variance[i]) * (1 - ${number("beta2", beta2)});
  mean[i] = m;
  variance[i] = v;
  weight[i] -= corrected * m / (sqrt(v) + ${number("epsilon", epsilon)});`,
  }),
];

type Scalars = Readonly<Record<string, Place | undefined>>;

/** The scalars that are not known beforehand; there are not enough buffers for all of them. */
const given = (scalars: Scalars): Readonly<Record<string, Place>> =>
  Object.fromEntries(
    Object.entries(scalars).filter(([, place]) => place?.constant === undefined),
  ) as Readonly<Record<string, Place>>;

const number = (name: string, place: Place | undefined): string =>
  place?.constant === undefined ? `${name}[0]` : float(place.constant);
