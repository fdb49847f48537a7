import type * as Tfjs from "@tensorflow/tfjs-core";
import type { OperationAttributes, OperationType } from "../../../graph/operation.ts";
import type { Operand } from "../../shapes.ts";

export type Tf = typeof Tfjs;
export type Value = Tfjs.Tensor;
export type Map4 = Tfjs.Tensor4D;

/** Tensors on the device that live between the calls. */
export interface Variables {
  valueOf(name: string): Value;
  /** Takes a value over; what was there before is freed. */
  replace(name: string, value: Value): void;
}

/** One operation with the tensors that it takes in this call. */
export interface Task<K extends OperationType> {
  readonly tf: Tf;
  readonly attributes: OperationAttributes[K];
  readonly inputs: readonly Value[];
  /** Shapes of what it gives. */
  readonly outputs: readonly Operand[];
  readonly variables: Variables;
  /** Number of the step, as it was fed. */
  readonly step: number;
}

/** Does an operation; what it returns belongs to the caller, and everything else that it makes is freed. */
export type Kernel<K extends OperationType> = (task: Task<K>) => Value | readonly Value[];

/** Why there is no kernel for an operation. */
export interface Missing {
  readonly missing: string;
}

/** The n-th input; the training graph gives every operation as many as it takes. */
export function input(inputs: readonly Value[], index: number): Value {
  const value = inputs[index];
  if (value === undefined) {
    throw new Error(`input ${index} of ${inputs.length}`);
  }
  return value;
}

/** Runs one of the backend's kernels that TensorFlow.js has no function for. */
export function runKernel(
  tf: Tf,
  name: string,
  inputs: Readonly<Record<string, Value>>,
  attributes: Readonly<Record<string, unknown>>,
): Value {
  return tf.engine().runKernel<Value>(name, { ...inputs }, attributes as Tfjs.NamedAttrMap);
}
