import type { OperationAttributes, OperationType } from "../../../graph/operation.ts";
import type { Operand } from "../../shapes.ts";
import type { FunctionName } from "../kernelModule.ts";

/** What a kernel is asked for: one operation with the shapes that it has in this call. */
export interface Task<K extends OperationType> {
  readonly attributes: OperationAttributes[K];
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Operand[];
  /** Into how many calls a large operation is cut; more than there are threads, so that a slow one does little harm. */
  readonly parts: number;
}

/** Where everything lies when the operation runs, in bytes from the beginning of the memory. */
export interface Places {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly tables: readonly number[];
  readonly variables: readonly number[];
  readonly scratch: number;
}

/** One call of a function of the kernel module. */
export interface Call {
  readonly run: FunctionName;
  readonly with: readonly number[];
}

/** Calls that do not depend on each other. */
export type Step = readonly Call[];

/** Numbers that calls read and that stay the same; equal keys share one copy. */
export interface Table {
  readonly key: string;
  make(): Int32Array | Float32Array;
}

/** How an operation is done. */
export interface Procedure {
  /** Bytes of working memory. */
  readonly scratch?: number;
  readonly tables?: readonly Table[];
  /** Inputs whose memory the first output may take where nobody needs them afterwards. */
  readonly overwrites?: readonly number[];
  /** The first output is this input, under another shape; nothing runs. */
  readonly sameAs?: number;
  steps(places: Places): readonly Step[];
}

/** Says how an operation of one type is done. */
export type Kernel<K extends OperationType> = (task: Task<K>) => Procedure;

/** Why an operation cannot be done, as the end of a sentence. */
export interface Missing {
  readonly missing: string;
}

/** An operation that is another view of its first input. */
export const view: Procedure = { sameAs: 0, steps: () => [] };

/** Cuts `0 … extent` into at most `parts` ranges that begin at multiples of `unit`. */
export function ranges(
  extent: number,
  parts: number,
  unit = 1,
): readonly (readonly [number, number])[] {
  const units = Math.ceil(extent / unit);
  const pieces = Math.max(1, Math.min(parts, units));
  return Array.from({ length: pieces }, (_, piece) => {
    const from = Math.floor((units * piece) / pieces) * unit;
    return [from, Math.min(extent, Math.floor((units * (piece + 1)) / pieces) * unit)] as const;
  });
}

/** Values below which a second thread costs more than it brings. */
const grain = 16_384;

/** The calls of one step over `extent` independent pieces of `size` values each; `from` and `to` come last. */
export function spread(
  run: FunctionName,
  given: readonly number[],
  extent: number,
  size: number,
  parts: number,
): Step {
  const useful = Math.max(1, Math.floor((extent * size) / grain));
  return ranges(extent, Math.min(parts, useful)).map((range) => ({
    run,
    with: [...given, ...range],
  }));
}

/** Vectors of four values. */
export const vectors = (count: number): number => Math.ceil(count / 4);
