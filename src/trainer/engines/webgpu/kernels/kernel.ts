import type { OperationAttributes, OperationType } from "../../../graph/operation.ts";
import type { Operand } from "../../shapes.ts";

/** Where a tensor lies on the device. Every value is a float32, integers and truth values too. */
export interface Place extends Pick<Operand, "shape" | "count"> {
  readonly buffer: GPUBuffer;
  /** The value, where it is one number that never changes. */
  readonly constant?: number;
}

/** An operation with the places of its tensors in a call. */
export interface Task<K extends OperationType> {
  readonly attributes: OperationAttributes[K];
  readonly inputs: readonly Place[];
  readonly outputs: readonly Place[];
  /** Those that the attributes name. */
  readonly variables: readonly Place[];
  /** Room for so many values, until the operation is done. */
  scratch(count: number): Place;
}

/** A compute shader with what it works on. */
export interface Program {
  /** In WGSL, with its bindings. */
  readonly code: string;
  /** In the order of the bindings. */
  readonly places: readonly Place[];
  /** What the last binding holds, as u32; there is none where they are none. */
  readonly numbers: readonly number[];
  /** Number of workgroups along each axis. */
  readonly groups: readonly [number, number, number];
}

/** Says with which programs an operation is done, one after the other. */
export type Kernel<K extends OperationType> = (task: Task<K>) => readonly Program[];

/** Why an operation cannot be done, as the end of a sentence. */
export interface Missing {
  readonly missing: string;
}
