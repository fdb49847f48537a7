import type { OperationType, PoolAttributes } from "../../../graph/operation.ts";
import type { FunctionName } from "../kernelModule.ts";
import { nth } from "../../nth.ts";
import { type Kernel, type Task, spread } from "./kernel.ts";
import { type Window, windowOf } from "../../window.ts";
import { windowNumbers } from "./window.ts";

type PoolType = Extract<OperationType, "MaxPool" | "MaxPoolGrad" | "AvgPool" | "AvgPoolGrad">;

/** A pooling operation whose inputs the function takes in their order; says which tensors are the large and small map. */
function pool<K extends PoolType>(
  run: FunctionName,
  maps: (task: Task<K>) => readonly [readonly number[], readonly number[]],
): Kernel<K> {
  return (task) => {
    const attributes: PoolAttributes = task.attributes;
    const window = windowOf(...maps(task), attributes.size, attributes);
    return {
      steps: ({ inputs, outputs }) => [
        spread(
          run,
          [...inputs, ...outputs, ...numbers(window)],
          window.batch,
          window.height * window.width * window.channels,
          task.parts,
        ),
      ],
    };
  };
}

const numbers = (window: Window): readonly number[] => [
  window.height,
  window.width,
  window.channels,
  window.outHeight,
  window.outWidth,
  ...windowNumbers(window),
];

type Maps<K extends PoolType> = (task: Task<K>) => readonly [readonly number[], readonly number[]];

const forward: Maps<"MaxPool" | "AvgPool"> = ({ inputs, outputs }) => [
  nth(inputs, 0).shape,
  nth(outputs, 0).shape,
];
const backward: Maps<PoolType> = ({ inputs, outputs }) => [
  nth(outputs, 0).shape,
  nth(inputs, inputs.length - 1).shape,
];

export const maxPool = pool<"MaxPool">("maxPool", forward);
export const averagePool = pool<"AvgPool">("averagePool", forward);
export const maxPoolGradient = pool<"MaxPoolGrad">("maxPoolGradient", backward);
export const averagePoolGradient = pool<"AvgPoolGrad">("averagePoolGradient", backward);
