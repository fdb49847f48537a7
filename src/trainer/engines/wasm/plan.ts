import type { Operation, Tensor } from "../../graph/operation.ts";
import type { Signature } from "../../graph/trainingGraph.ts";
import type { Heap } from "./heap.ts";
import { nth } from "../nth.ts";
import type { Places, Step, Table } from "./kernels/kernel.ts";
import { Regions, alignment } from "./regions.ts";
import type { Turn } from "./schedule.ts";
import { countOf, keyOf, type Operand } from "../shapes.ts";

/** Where a value lies: in memory that is shared by everything in a call, in a variable, or in a table. */
type Home =
  | { readonly type: "arena"; readonly offset: number }
  | { readonly type: "variable"; readonly name: string }
  | { readonly type: "table"; readonly table: Table };

/** A value of a call as the outside sees it; the address is in bytes. */
export interface Value {
  readonly address: number;
  readonly operand: Operand;
}

/** A call that only waits for its inputs. */
export interface Plan {
  readonly steps: readonly Step[];
  /** Names of the operations that the steps belong to. */
  readonly operations: readonly string[];
  /** Addresses of numbers that must be finite before a step, by the place of the step. */
  readonly checks: ReadonlyMap<number, number>;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly outputs: Readonly<Record<string, Value>>;
}

/** Order and memory of a call, before it is known where the memory is. */
export interface Layout {
  readonly turns: readonly Turn[];
  /** By key of the tensor. */
  readonly homes: ReadonlyMap<string, Home>;
  /** Offset of the working memory of each turn. */
  readonly scratch: readonly number[];
  /** Size of the shared memory. */
  readonly bytes: number;
}

/** Gives every value of a call a place; memory is used again as soon as nobody needs what is in it. */
export function layOut(turns: readonly Turn[], signature: Signature): Layout {
  return new Planner(turns, signature).layOut();
}

class Planner {
  readonly #turns: readonly Turn[];
  /** The tensor whose memory a tensor lies in, itself or another, by key. */
  readonly #roots = new Map<string, string>();
  /** Turn in which what lies in the memory of a root is needed for the last time. */
  readonly #lastUses = new Map<string, number>();
  readonly #homes = new Map<string, Home>();
  readonly #regions = new Regions(0);

  constructor(turns: readonly Turn[], { outputs }: Signature) {
    this.#turns = turns;
    for (const [turn, { operation, procedure }] of turns.entries()) {
      for (const output of operation.outputs) {
        this.#roots.set(keyOf(output), keyOf(output));
      }
      if (procedure?.sameAs !== undefined) {
        const source = nth(operation.inputs, procedure.sameAs);
        this.#roots.set(keyOf(nth(operation.outputs, 0)), this.#rootOf(source));
      }
      for (const tensor of [...operation.inputs, ...operation.outputs]) {
        this.#lastUses.set(this.#rootOf(tensor), turn);
      }
    }
    for (const output of Object.values(outputs)) {
      this.#lastUses.set(this.#rootOf(output), Infinity);
    }
  }

  layOut(): Layout {
    this.#placeInputs();
    const scratch = this.#turns.map((turn, index) => this.#place(turn, index));
    const homes = new Map<string, Home>();
    for (const [key, root] of this.#roots) {
      homes.set(key, this.#homes.get(root) as Home);
    }
    return { turns: this.#turns, homes, scratch, bytes: this.#regions.peak };
  }

  #rootOf(tensor: Tensor): string {
    return this.#roots.get(keyOf(tensor)) as string;
  }

  /** Inputs are written before anything runs. */
  #placeInputs(): void {
    for (const { operation, outputs } of this.#turns) {
      if (operation.type === "Placeholder") {
        this.#takeFor(keyOf(nth(operation.outputs, 0)), nth(outputs, 0));
      }
    }
  }

  /** Places what a turn makes; returns the offset of its working memory. */
  #place(turn: Turn, index: number): number {
    const { operation, outputs, procedure } = turn;
    if (operation.type === "Const" || operation.type === "Size") {
      const [made, source] = [nth(operation.outputs, 0), turn.inputs[0]];
      this.#homes.set(keyOf(made), { type: "table", table: tableOf(operation, source) });
      return 0;
    }
    if (operation.type === "ReadVariableOp" && !this.#changesTooEarly(operation, index)) {
      const [name] = operation.attributes.variables;
      this.#homes.set(keyOf(nth(operation.outputs, 0)), { type: "variable", name: name ?? "" });
      return 0;
    }
    const overwritten = this.#overwritten(turn, index);
    for (const [at, output] of operation.outputs.entries()) {
      const key = keyOf(output);
      if (at === 0 && overwritten !== undefined) {
        this.#homes.set(key, this.#homes.get(overwritten) as Home);
      } else if (!this.#homes.has(this.#rootOf(output))) {
        this.#takeFor(key, nth(outputs, at));
      }
    }
    const bytes = procedure?.scratch ?? 0;
    const scratch = bytes === 0 ? 0 : this.#regions.take(bytes);
    if (bytes > 0) {
      this.#regions.free(scratch);
    }
    this.#release(operation, index, overwritten);
    return scratch;
  }

  #takeFor(key: string, { count }: Operand): void {
    this.#homes.set(key, { type: "arena", offset: this.#regions.take(4 * count) });
  }

  /** An input that nobody needs afterwards and whose memory the first output may take, by its root. */
  #overwritten({ operation, inputs, outputs, procedure }: Turn, index: number): string | undefined {
    const roots = operation.inputs.map((tensor) => this.#rootOf(tensor));
    const chosen = procedure?.overwrites?.find((place) => {
      const root = nth(roots, place);
      return (
        this.#lastUses.get(root) === index &&
        this.#homes.get(root)?.type === "arena" &&
        nth(inputs, place).count === nth(outputs, 0).count &&
        roots.filter((other) => other === root).length === 1
      );
    });
    return chosen === undefined ? undefined : nth(roots, chosen);
  }

  /** Frees what was needed for the last time. */
  #release({ inputs, outputs }: Operation, index: number, overwritten: string | undefined): void {
    const roots = new Set([...inputs, ...outputs].map((tensor) => this.#rootOf(tensor)));
    for (const root of roots) {
      const home = this.#homes.get(root);
      if (
        home?.type === "arena" &&
        root !== overwritten &&
        (this.#lastUses.get(root) ?? 0) <= index
      ) {
        this.#regions.free(home.offset);
      }
    }
  }

  /** True where the value is needed after the variable has changed. */
  #changesTooEarly(
    operation: Operation & { readonly type: "ReadVariableOp" },
    index: number,
  ): boolean {
    const [name] = operation.attributes.variables;
    const change = this.#turns.findIndex(
      ({ operation: other }, turn) =>
        turn > index &&
        other.type !== "ReadVariableOp" &&
        "variables" in other.attributes &&
        other.attributes.variables.includes(name ?? ""),
    );
    const lastUse = this.#lastUses.get(this.#rootOf(nth(operation.outputs, 0))) ?? 0;
    return change !== -1 && lastUse > change;
  }
}

function tableOf(operation: Operation, source: Operand | undefined): Table {
  if (operation.type !== "Const") {
    const count = source?.count ?? 0;
    return { key: `size ${count}`, make: () => Int32Array.of(count) };
  }
  const { values } = operation.attributes;
  const isInteger = nth(operation.outputs, 0).dataType === "int32";
  return {
    key: `constant ${operation.name}`,
    make: () => (isInteger ? Int32Array.from(values) : Float32Array.from(values)),
  };
}

/** Addresses of a layout whose shared memory begins at `base`; variables are given by name. */
export function settle(
  { turns, homes, scratch }: Layout,
  signature: Signature,
  heap: Heap,
  base: number,
  variables: ReadonlyMap<string, number>,
): Plan {
  const addressOf = (tensor: Tensor): number => {
    const home = homes.get(keyOf(tensor)) as Home;
    switch (home.type) {
      case "arena":
        return base + home.offset;
      case "variable":
        return variables.get(home.name) as number;
      case "table":
        return heap.keep(home.table);
    }
  };
  const checks = new Map<number, number>();
  const steps: Step[] = [];
  const names: string[] = [];
  const stepsOf = ({ operation, procedure }: Turn, index: number): readonly Step[] => {
    const isDone =
      operation.type === "ReadVariableOp" &&
      homes.get(keyOf(nth(operation.outputs, 0)))?.type === "variable";
    if (procedure === undefined || isDone) {
      return [];
    }
    const places: Places = {
      inputs: operation.inputs.map(addressOf),
      outputs: operation.outputs.map(addressOf),
      tables: (procedure.tables ?? []).map((table) => heap.keep(table)),
      variables: ("variables" in operation.attributes ? operation.attributes.variables : []).map(
        (name) => variables.get(name) as number,
      ),
      scratch: base + nth(scratch, index),
    };
    return procedure.steps(places);
  };
  for (const [index, turn] of turns.entries()) {
    if (turn.operation.type === "CheckNumerics") {
      checks.set(steps.length, addressOf(nth(turn.operation.inputs, 0)));
    }
    for (const step of stepsOf(turn, index).filter(({ length }) => length > 0)) {
      steps.push(step);
      names.push(turn.operation.name);
    }
  }
  const operands = new Map(
    turns.flatMap(({ operation, outputs }) =>
      operation.outputs.map((tensor, index) => [keyOf(tensor), nth(outputs, index)] as const),
    ),
  );
  const values = (tensors: Readonly<Record<string, Tensor>>): Readonly<Record<string, Value>> =>
    Object.fromEntries(
      Object.entries(tensors).flatMap(([name, tensor]) => {
        const operand = operands.get(keyOf(tensor));
        return operand === undefined ? [] : [[name, { address: addressOf(tensor), operand }]];
      }),
    );
  return {
    steps,
    operations: names,
    checks,
    inputs: values(signature.inputs),
    outputs: values(signature.outputs),
  };
}

/** Bytes of a variable. */
export const variableBytes = (shape: readonly number[]): number =>
  Math.max(alignment, 4 * countOf(shape));
