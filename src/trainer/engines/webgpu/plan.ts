import type { Operation, OperationOf, OperationType, Tensor } from "../../graph/operation.ts";
import type { Signature } from "../../graph/trainingGraph.ts";
import { keyOf, type Operand, resolveShapes } from "../shapes.ts";
import { unsupported } from "../unsupported.ts";
import { nth } from "../nth.ts";
import type { Kernel, Place, Program } from "./kernels/kernel.ts";
import { type GivenType, kernels, view } from "./kernels/kernels.ts";
import type { Memory } from "./memory.ts";

/** Programs of a call with the places of all tensors: what is left is to feed it and to run it. */
export interface Plan {
  /** In their order. */
  readonly programs: readonly Program[];
  /** Names of the operations that the programs belong to. */
  readonly operations: readonly string[];
  /** Numbers that must be finite before a program, by the place of the program. */
  readonly checks: ReadonlyMap<number, Place>;
  readonly inputs: Readonly<Record<string, Place>>;
  readonly outputs: Readonly<Record<string, Place>>;
}

const isGiven = (operation: Operation): operation is OperationOf<GivenType> & Operation =>
  operation.type === "Placeholder" || operation.type === "Const" || operation.type === "Size";

const isRead = (operation: Operation): operation is OperationOf<"ReadVariableOp"> & Operation =>
  operation.type === "ReadVariableOp";

/** Throws `EngineError` where there is no kernel for an operation. */
export function refuseUnknown(operations: readonly Operation[]): void {
  for (const operation of operations) kernelOf(operation);
}

function kernelOf(operation: Operation): Kernel<OperationType> | typeof view | undefined {
  if (isGiven(operation)) {
    return undefined;
  }
  // The table pairs every type with its kernel; TypeScript cannot follow that through the union.
  const kernel = kernels[operation.type];
  if (typeof kernel === "object") {
    throw unsupported("WebGPU", operation, kernel.missing);
  }
  return kernel as Kernel<OperationType> | typeof view;
}

/** What the values of a plan lie in besides the memory that is used again. */
export interface Holders {
  /** Of a variable. */
  variable(name: string): Place;
  /** Of numbers that never change, by a name for them. */
  table(name: string, operand: Operand, values: readonly number[]): Place;
}

/** Gives every value of a call a place and makes its programs; memory is used again as soon as nobody needs what is in it. */
export function planOf(
  operations: readonly Operation[],
  signature: Signature,
  batch: number,
  memory: Memory,
  holders: Holders,
): Plan {
  return new Planner(operations, signature, batch, memory, holders).plan();
}

class Planner {
  readonly #operations: readonly Operation[];
  readonly #signature: Signature;
  readonly #memory: Memory;
  readonly #holders: Holders;
  readonly #operands: ReadonlyMap<string, Operand>;
  /** The tensor whose place a tensor has, itself or another, by key. */
  readonly #roots = new Map<string, string>();
  /** When the place of a root is needed for the last time. */
  readonly #lastUses = new Map<string, number>();
  readonly #places = new Map<string, Place>();
  /** Keys of roots whose buffer goes back to the memory. */
  readonly #owned = new Set<string>();
  readonly #taken = new Set<GPUBuffer>();

  constructor(
    operations: readonly Operation[],
    signature: Signature,
    batch: number,
    memory: Memory,
    holders: Holders,
  ) {
    this.#operations = operations;
    this.#signature = signature;
    this.#memory = memory;
    this.#holders = holders;
    this.#operands = resolveShapes(operations, batch);
    for (const [turn, operation] of operations.entries()) {
      for (const output of operation.outputs) this.#roots.set(keyOf(output), keyOf(output));
      if (kernelOf(operation) === view) {
        this.#roots.set(keyOf(nth(operation.outputs, 0)), this.#rootOf(nth(operation.inputs, 0)));
      }
      for (const tensor of [...operation.inputs, ...operation.outputs]) {
        this.#lastUses.set(this.#rootOf(tensor), turn);
      }
    }
    for (const output of Object.values(signature.outputs)) {
      this.#lastUses.set(this.#rootOf(output), Infinity);
    }
  }

  plan(): Plan {
    const programs: Program[] = [];
    const operations: string[] = [];
    const checks = new Map<number, Place>();
    // Inputs are written before anything runs.
    for (const { type, outputs } of this.#operations) {
      if (type === "Placeholder") this.#takeFor(nth(outputs, 0));
    }
    for (const [turn, operation] of this.#operations.entries()) {
      if (operation.type === "CheckNumerics") {
        checks.set(programs.length, this.#placeOf(nth(operation.inputs, 0)));
      }
      const own = this.#programsOf(operation, turn);
      programs.push(...own);
      operations.push(...own.map(() => operation.name));
      for (const tensor of [...operation.inputs, ...operation.outputs]) this.#release(tensor, turn);
    }
    const plan = {
      programs,
      operations,
      checks,
      inputs: this.#placesOf(this.#signature.inputs),
      outputs: this.#placesOf(this.#signature.outputs),
    };
    // The next plan may use what this one has: only one of them runs at a time.
    for (const buffer of this.#taken) this.#memory.give(buffer);
    return plan;
  }

  #programsOf(operation: Operation, turn: number): readonly Program[] {
    if (operation.type === "Placeholder") return [];
    if (isGiven(operation)) {
      this.#places.set(keyOf(nth(operation.outputs, 0)), this.#table(operation));
      return [];
    }
    const kernel = kernelOf(operation);
    if (kernel === view || kernel === undefined) return [];
    const variables = (
      "variables" in operation.attributes ? operation.attributes.variables : []
    ).map((name) => this.#holders.variable(name));
    if (isRead(operation) && !this.#changesTooEarly(operation, turn)) {
      this.#places.set(keyOf(nth(operation.outputs, 0)), nth(variables, 0));
      return [];
    }
    for (const output of operation.outputs) this.#takeFor(output);
    const working: GPUBuffer[] = [];
    const programs = kernel({
      attributes: operation.attributes,
      inputs: operation.inputs.map((tensor) => this.#placeOf(tensor)),
      outputs: operation.outputs.map((tensor) => this.#placeOf(tensor)),
      variables,
      scratch: (count) => {
        const buffer = this.#memory.take(count);
        working.push(buffer);
        return { buffer, count, shape: [count] };
      },
    });
    for (const buffer of working) this.#memory.give(buffer);
    return programs;
  }

  #table(operation: OperationOf<GivenType>): Place {
    const output = this.#operandOf(nth(operation.outputs, 0));
    if (operation.type === "Const") {
      const { values } = (operation as OperationOf<"Const">).attributes;
      return this.#holders.table(`constant ${operation.name}`, output, values);
    }
    const { count } = this.#operandOf(nth(operation.inputs, 0));
    return this.#holders.table(`size ${count}`, output, [count]);
  }

  #rootOf(tensor: Tensor): string {
    return this.#roots.get(keyOf(tensor)) as string;
  }

  #operandOf(tensor: Tensor): Operand {
    return this.#operands.get(keyOf(tensor)) as Operand;
  }

  /** The place of the root, in the tensor's own shape. */
  #placeOf(tensor: Tensor): Place {
    const place = this.#places.get(this.#rootOf(tensor)) as Place;
    const { shape, count } = this.#operandOf(tensor);
    return { ...place, shape, count };
  }

  #placesOf(tensors: Readonly<Record<string, Tensor>>): Readonly<Record<string, Place>> {
    // An input that nothing needs has no place.
    const known = Object.entries(tensors).filter(([, tensor]) => this.#roots.has(keyOf(tensor)));
    return Object.fromEntries(known.map(([name, tensor]) => [name, this.#placeOf(tensor)]));
  }

  #takeFor(tensor: Tensor): void {
    const { shape, count } = this.#operandOf(tensor);
    const key = keyOf(tensor);
    const buffer = this.#memory.take(count);
    this.#taken.add(buffer);
    this.#owned.add(key);
    this.#places.set(key, { buffer, shape, count });
  }

  /** Gives back what was needed for the last time. */
  #release(tensor: Tensor, turn: number): void {
    const root = this.#rootOf(tensor);
    const place = this.#places.get(root);
    if (place !== undefined && this.#owned.has(root) && this.#lastUses.get(root) === turn) {
      this.#owned.delete(root);
      this.#taken.delete(place.buffer);
      this.#memory.give(place.buffer);
    }
  }

  /** True where the value is needed after the variable has changed. */
  #changesTooEarly({ attributes, outputs }: OperationOf<"ReadVariableOp">, turn: number): boolean {
    const name = nth(attributes.variables, 0);
    const change = this.#operations.findIndex(
      (other, place) =>
        place > turn &&
        !isRead(other) &&
        "variables" in other.attributes &&
        other.attributes.variables.includes(name),
    );
    return change !== -1 && (this.#lastUses.get(this.#rootOf(nth(outputs, 0))) ?? 0) > change;
  }
}
